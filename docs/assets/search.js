// The search of this site: reads the index in search/ (made by generator/search/), ranks, and shows what it found in the
// box of the header, on the page Search and on the page for addresses that do not exist. It asks nobody else, needs no
// worker, and reads its files as scripts: so it also works on pages that were opened from the disk.
(() => {
  "use strict"

  const top = new URL("../", document.currentScript.src)
  const SHOWN = 10
  const CANDIDATES = 24
  const KINDS = {
    leader: "Leader", summit: "Summit", meeting: "Meeting", post: "Post", topic: "Topic", organisation: "Organisation",
    country: "Country", place: "Place", figures: "Figures", source: "Source", page: "Page", section: "Page", fact: "Fact",
  }
  // What a kind weighs where the words of a text fit, and where one of the names of a page does.
  const TEXT = {
    leader: 0.9, summit: 1.2, meeting: 1.1, post: 0.9, topic: 0.9, organisation: 0.8, country: 0.8, place: 0.5,
    figures: 0.9, source: 0.6, page: 0.7, section: 0.6, fact: 0.8,
  }
  const NAME = {
    leader: 1.2, summit: 1.2, meeting: 1, post: 1.1, topic: 1, organisation: 1.05, country: 1.05, place: 0.1,
    figures: 0.9, source: 0.5, page: 0.8, section: 0.7,
  }

  // The files of the index

  const parts = new Map()
  let past = "" // what is added to addresses so that the browser's cache is passed by

  // Each file of the index calls this with what it holds. It answers whoever asked for that very file: one that was asked
  // for before the index changed may still be on its way.
  window.summitRecordSearch = (_, version, content) => document.currentScript.arrive({version, content})

  function part(name) {
    if (!parts.has(name)) {
      parts.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script")
        script.arrive = resolve
        script.src = new URL(`search/${name}.js${past}`, top).href
        script.onload = () => script.remove()
        script.onerror = () => {
          parts.delete(name)
          script.remove()
          reject(new Error(`the search index is not there: ${script.src}`))
        }
        document.head.append(script)
      }))
    }
    return parts.get(name)
  }

  class Outdated extends Error {}

  async function read(name, index) {
    const {version, content} = await part(name)
    if (version !== index.versions[name]) throw new Outdated(name)
    return content
  }

  let ready = null
  function open() {
    ready ??= part("words").then(({content}) => prepare(content)).catch(error => {
      ready = null
      throw error
    })
    return ready
  }

  function prepare(head) {
    const {tables} = head
    const index = {...head, lists: new Map()}
    index.steps_ = tables.steps.map(([pattern, put]) => [new RegExp(pattern, "g"), put])
    index.letters = new RegExp(`[${Object.keys(tables.letters).join("")}]`, "g")
    index.stop = new Set(tables.stop)
    index.vocabulary = []
    let before = ""
    for (const coded of head.words.split(" ")) {
      before = before.slice(0, parseInt(coded[0], 36)) + coded.slice(1)
      index.vocabulary.push(before)
    }
    index.number = new Map(index.vocabulary.map((word, number) => [word, number]))
    index.digit = new Map([...head.digits].map((digit, value) => [digit, value]))
    index.named = new Map() // word -> names it stands in
    index.called = new Map() // a name without stop words -> the documents it belongs to
    index.names = []
    head.names.forEach((names, document) => {
      for (const name of names.split("|")) {
        const words = content(name.split(" "), index)
        const one = {document, name, words, number: index.names.length}
        index.names.push(one)
        for (const word of new Set(words)) listed(index.named, word).push(one)
        listed(index.called, words.join(" ")).push(document)
      }
    })
    return index
  }

  function listed(map, key) {
    if (!map.has(key)) map.set(key, [])
    return map.get(key)
  }

  // Words, by the tables of generator/search/words.py

  function raw(text, {tables, letters, steps_}) {
    text = text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(letters, one => tables.letters[one])
    for (const [pattern, put] of steps_) text = text.replace(pattern, put)
    return text.match(/[\p{L}\p{N}]+(?:\.\d+)?/gu) ?? []
  }

  function stem(word, {tables}) {
    word = Object.hasOwn(tables.same, word) ? tables.same[word] : word
    if (/^\d/.test(word)) return word
    for (const endings of tables.endings) {
      for (const [ending, put, left] of endings) {
        if (word.endsWith(ending) && word.length - ending.length >= left) {
          word = word.slice(0, word.length - ending.length) + put
          break
        }
      }
    }
    return word
  }

  const sequence = (text, index) => raw(text, index).map(word => stem(word, index))
  window.summitRecordSearch.sequences = async texts => {
    const index = await open()
    return texts.map(text => sequence(text, index))
  }

  function content(words, {stop}) {
    const found = words.filter(word => !stop.has(word))
    return found.length ? found : words
  }

  // The words that a query may mean

  function starting(prefix, {vocabulary, named}) {
    let low = 0
    let high = vocabulary.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (vocabulary[middle] < prefix) low = middle + 1
      else high = middle
    }
    const found = []
    for (let at = low; at < vocabulary.length && vocabulary[at].startsWith(prefix); at++) found.push(vocabulary[at])
    if (found.length <= 24) return found
    return found.sort((a, b) => named.has(b) - named.has(a) || a.length - b.length).slice(0, 24)
  }

  // How many letters must be added, taken away, changed or swapped with their neighbour to make *a* of *b* (optimal
  // string alignment); *most* + 1 where it is more than *most*.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1
    let [older, old, row] = [[], Array.from({length: b.length + 1}, (_, at) => at), []]
    for (let i = 1; i <= a.length; i++) {
      row = [i]
      let best = i
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] !== b[j - 1]))
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, older[j - 2] + 1)
        row[j] = cost
        best = Math.min(best, cost)
      }
      if (best > most) return most + 1
      older = old
      old = row
    }
    return row[b.length]
  }

  function nearest(word, {vocabulary, named}) {
    if (word.length < 4 || /\d/.test(word)) return []
    const most = word.length < 7 ? 1 : 2
    const found = []
    for (const other of vocabulary) {
      if (Math.abs(other.length - word.length) > most || other.length < 4 || /\d|@/.test(other)) continue
      const away = distance(word, other, most)
      if (away > most || (away === 2 && other[0] !== word[0])) continue
      found.push({other, away: away - (named.has(other) ? 0.5 : 0)})
    }
    const least = Math.min(...found.map(one => one.away))
    return found.filter(one => one.away === least).slice(0, 5).map(one => one.other)
  }

  // Return the words of *query*, each with the words of the index that may be meant by it and how surely.
  function understand(query, index) {
    const all = raw(query, index)
    const stems = all.map(word => stem(word, index))
    const known = word => index.number.has(word)
    const typing = /[\p{L}\p{N}]$/u.test(query)
    const words = []
    all.forEach((word, at) => {
      if (index.stop.has(stems[at]) && stems.some(one => !index.stop.has(one))) return
      const last = typing && at === all.length - 1
      if (!known(stems[at]) && !(last && starting(word, index).length)) {
        for (let cut = word.length - 3; cut >= 3; cut--) {
          const [left, right] = [word.slice(0, cut), word.slice(cut)]
          if (known(stem(left, index)) && known(stem(right, index)) && !/^\d/.test(word)) {
            words.push({raw: left, word: stem(left, index), last: false})
            words.push({raw: right, word: stem(right, index), last: false})
            return
          }
        }
      }
      words.push({raw: word, word: stems[at], last})
    })
    for (const one of words) {
      one.meant = new Map()
      one.best = one.word
      if (known(one.word)) one.meant.set(one.word, 1)
      if (one.last && one.raw.length > 1) {
        for (const other of starting(one.raw, index)) if (!one.meant.has(other)) one.meant.set(other, one.meant.has(one.word) ? 0.4 : 0.8)
      }
      if (!one.meant.size) {
        const near = nearest(one.word, index)
        near.forEach(other => one.meant.set(other, 0.7))
        one.best = near[0] ?? one.word
        one.corrected = near.length > 0
      }
    }
    words.slice(1).forEach((after, at) => {
      const joined = stem(words[at].raw + after.raw, index)
      if (known(joined)) for (const one of [words[at], after]) one.meant.set(joined, 0.9)
    })
    // a run of words that is the name of a record also finds the facts about that record
    words.forEach((_, first) => {
      for (let after = words.length; after > first; after--) {
        const name = words.slice(first, after).map(one => one.best).join(" ")
        for (const document of index.called.get(name) ?? []) {
          const entity = index.entity + document
          if (known(entity)) for (const one of words.slice(first, after)) one.meant.set(entity, 0.35)
        }
      }
    })
    return {words, sequence: stems, exact: /^\s*["“].*["”]\s*$/.test(query)}
  }

  // Ranking

  function within(firsts, number) {
    let low = 0
    let high = firsts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (firsts[middle] <= number) low = middle
      else high = middle
    }
    return low
  }

  async function postings(word, index) {
    const number = index.number.get(word)
    if (!index.lists.has(number)) {
      const at = within(index.postings, number)
      const coded = (await read(`p${at}`, index))[number - index.postings[at]]
      const half = index.digits.length >> 1
      const list = []
      let value = 0
      let document = 0
      for (const one of coded) {
        const digit = index.digit.get(one)
        value = value * half + (digit % half)
        if (digit < half) {
          document += Math.floor(value / index.steps)
          list.push(document, value % index.steps)
          value = 0
        }
      }
      index.lists.set(number, list)
    }
    return index.lists.get(number)
  }

  const kindOf = (document, {kinds}) => kinds[within(kinds.map(([, first]) => first), document)][0]

  async function rank(query, index, wanted = SHOWN) {
    const asked = understand(query, index)
    const {words} = asked
    const width = words.length
    const grid = new Map()
    const rare = []
    await Promise.all(words.flatMap(one => [...one.meant.keys()]).map(word => postings(word, index)))
    for (const [at, one] of words.entries()) {
      let many = 0
      for (const [word, sure] of one.meant) {
        const list = await postings(word, index)
        many += sure >= 0.5 ? list.length / 2 : 0
        for (let i = 0; i < list.length; i += 2) {
          let row = grid.get(list[i])
          if (!row) grid.set(list[i], row = new Float32Array(width))
          row[at] = Math.max(row[at], sure * (list[i + 1] + 1) / index.steps)
        }
      }
      rare.push(Math.log(1 + index.count / (many + 0.5)))
    }
    const whole = rare.reduce((sum, one) => sum + one, 0)
    const scores = new Map()
    for (const [document, row] of grid) {
      let score = 0
      let covered = 0
      for (let at = 0; at < width; at++) {
        score += rare[at] * row[at]
        if (row[at]) covered += rare[at]
      }
      scores.set(document, score * (covered / whole) ** 2 * TEXT[kindOf(document, index)])
    }
    const names = new Map()
    for (const [at, one] of words.entries()) {
      for (const [word, sure] of one.meant) {
        for (const name of index.named.get(word) ?? []) {
          if (!names.has(name)) names.set(name, new Float32Array(width))
          const row = names.get(name)
          row[at] = Math.max(row[at], sure)
        }
      }
    }
    const called = new Map()
    for (const [name, row] of names) {
      const alike = 2 * row.reduce((sum, one) => sum + one, 0) / (width + name.words.length)
      const all = name.name.split(" ")
      const same = 2 * all.filter(word => asked.sequence.includes(word)).length / (all.length + asked.sequence.length)
      const bonus = (12 * Math.min(alike, 1) ** 4 + 6 * Math.min(same, 1) ** 4) * NAME[kindOf(name.document, index)]
      if (bonus > (called.get(name.document) ?? 0)) called.set(name.document, bonus)
    }
    for (const [document, bonus] of called) scores.set(document, (scores.get(document) ?? 0) + bonus)
    const order = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    const chosen = order.slice(0, Math.max(CANDIDATES, wanted))
    const hits = await Promise.all(chosen.map(async ([document, score]) => {
      const at = within(index.documents, document)
      const [title, href, line, text, aliases] = (await read(`d${at}`, index))[document - index.documents[at]]
      const kind = kindOf(document, index)
      const phrase = asked.sequence.length > 1 &&
        ` ${sequence(`${title} ${text}`, index).join(" ")} `.includes(` ${asked.sequence.join(" ")} `)
      if (phrase && kind === "fact") score = score * 1.6 + (asked.exact ? 20 : 1)
      return {document, score, kind, title, href, line, text, aliases}
    }))
    hits.sort((a, b) => b.score - a.score || a.document - b.document)
    return {hits: hits.slice(0, wanted), total: scores.size, asked, index}
  }

  // Return the result of *query*: hits, best first, how many there are, and how it was understood.
  async function search(query, wanted) {
    const anew = past !== ""
    try {
      return await rank(query, await open(), wanted)
    } catch (error) {
      if (!(error instanceof Outdated) || anew) throw error
      if (!past) { // else a search for the key before has seen to it
        past = `?${Date.now()}`
        parts.clear()
        ready = null
      }
      return rank(query, await open(), wanted)
    }
  }

  // Return the names that look most like *query*, whatever its words.
  function alike(query, index, most) {
    const pairs = text => new Set([...text].map((_, at) => text.slice(at, at + 2)).filter(one => one.length === 2))
    const asked = pairs(sequence(query, index).join(" "))
    const best = new Map()
    for (const {document, name} of index.names) {
      const other = pairs(name)
      const shared = [...asked].filter(one => other.has(one)).length
      const value = (2 * shared) / (asked.size + other.size || 1)
      if (value > 0.3 && value > (best.get(document) ?? 0)) best.set(document, value)
    }
    return [...best].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most).map(([document]) => document)
  }

  // What a reader sees

  function element(name, attributes = {}, ...children) {
    const one = document.createElement(name)
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value)
    one.append(...children)
    return one
  }

  // Return *text* with the words that were found marked.
  function marked(text, {asked, index}) {
    const found = new Set(asked.words.flatMap(one => [...one.meant.keys()]))
    const pieces = text.split(/([\p{L}\p{N}]+(?:[.,'’][\p{L}\p{N}]+)*)/u)
    return pieces.map((piece, at) =>
      at % 2 && sequence(piece, index).some(word => found.has(word)) ? element("mark", {}, piece) : piece)
  }

  const address = href => {
    const url = new URL(href, top)
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html"
    return url.href
  }

  function shown(hit, result, attributes = {}) {
    const found = new Set(result.asked.words.flatMap(one => [...one.meant.keys()]))
    const covers = name => sequence(name, result.index).filter(word => found.has(word)).length
    const title = covers(hit.title)
    const other = hit.aliases.filter(name => covers(name) > title).sort((a, b) => covers(b) - covers(a))[0]
    const link = element("a", {class: `sr-hit sr-${hit.kind}`, href: address(hit.href), ...attributes})
    link.append(element("span", {class: "sr-hit-head"},
      element("span", {class: "sr-hit-kind"}, KINDS[hit.kind]), " ", element("span", {class: "sr-hit-line"}, ...marked(hit.line, result))))
    link.append(element("span", {class: "sr-hit-title"}, ...marked(hit.title, result)))
    if (other) link.append(element("span", {class: "sr-hit-text"}, "also: ", ...marked(other, result)))
    if (hit.text) link.append(element("span", {class: "sr-hit-text"}, ...marked(hit.text, result)))
    return link
  }

  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`

  function summary(result, query) {
    const meant = result.asked.words.filter(one => one.corrected).map(one => one.raw)
    const told = result.total > result.hits.length
      ? `The best ${result.hits.length} of ${counted(result.total, "result")}`
      : counted(result.total, "result")
    return meant.length ? `${told}; nothing has the word ${meant.join(", ")}, near ones are shown` : told
  }

  async function nothing(query) {
    const index = await open()
    const near = await Promise.all(alike(query, index, 4).map(async number => {
      const at = within(index.documents, number)
      const [title, href] = (await read(`d${at}`, index))[number - index.documents[at]]
      return element("li", {}, element("a", {href: address(href)}, title))
    }))
    const box = element("div", {class: "sr-nothing"})
    if (near.length) box.append(element("p", {}, "Names that look alike:"), element("ul", {}, ...near))
    const lists = ["Summits", "Meetings", "Leaders", "Topics", "Facts", "Quotations", "Figures", "Sources"]
    const links = lists.flatMap((name, at) => [at ? ", " : "", element("a", {href: address(`${name.toLowerCase()}/`)}, name)])
    box.append(element("p", {}, "To be found are names, offices, figures, dates and the words of facts and quotations. All there is: ", ...links, "."))
    return box
  }

  const failed = "The search index could not be read. Reload the page, or take one of the lists in the menu."

  // The box in the header: a combobox, whose list of results is a listbox (ARIA 1.2)

  function header(box) {
    const input = box.querySelector("input")
    const list = box.querySelector("[role=listbox]")
    const status = box.querySelector(".sr-status")
    const below = box.querySelector(".sr-below")
    const toggle = document.getElementById("__search")
    let active = -1
    let latest = 0

    const options = () => [...list.children]
    const isOpen = () => toggle.checked
    const set = open => {
      if (isOpen() !== open) toggle.click() // a click, so that the theme also locks the scrolling behind
    }
    const expand = () => input.setAttribute("aria-expanded", String(isOpen() && list.children.length > 0))

    function choose(number) {
      options()[active]?.setAttribute("aria-selected", "false")
      active = number
      const option = options()[active]
      if (!option) return input.removeAttribute("aria-activedescendant")
      option.setAttribute("aria-selected", "true")
      option.scrollIntoView({block: "nearest"})
      input.setAttribute("aria-activedescendant", option.id)
    }

    async function update() {
      const query = input.value
      const turn = ++latest
      const start = performance.now()
      box.dataset.state = "searching"
      let [hits, told, end] = [[], "Type to search", []]
      try {
        if (query.trim()) {
          const result = await search(query)
          if (turn !== latest) return
          hits = result.hits.map((hit, at) =>
            shown(hit, result, {id: `sr-option-${at}`, role: "option", tabindex: "-1", "aria-selected": "false"}))
          told = hits.length ? summary(result, query) : `Nothing found for “${query.trim()}”`
          if (!hits.length) end = [await nothing(query)]
          else if (result.total > hits.length) {
            const all = address(`search/`) + `?q=${encodeURIComponent(query.trim())}`
            end = [element("a", {class: "sr-all", href: all}, "More results on a page of their own")]
          }
        }
      } catch (error) {
        told = failed
        ready = null
      }
      if (turn !== latest) return
      active = -1
      input.removeAttribute("aria-activedescendant")
      list.replaceChildren(...hits)
      status.textContent = told
      below.replaceChildren(...end)
      expand()
      box.dataset.took = String(performance.now() - start)
      box.dataset.query = query
      box.dataset.state = "done"
    }

    input.addEventListener("focus", () => {
      set(true)
      open().catch(() => {})
      expand()
    })
    input.addEventListener("input", update)
    box.addEventListener("reset", () => setTimeout(() => { update(); input.focus() }))
    box.addEventListener("focusout", event => {
      if (event.relatedTarget && !box.contains(event.relatedTarget)) set(false)
    })
    toggle.addEventListener("change", () => {
      if (isOpen()) input.focus()
      else {
        input.blur()
        choose(-1)
      }
      expand()
    })
    box.addEventListener("keydown", event => {
      if (event.key === "Escape") {
        event.preventDefault()
        set(false)
        input.blur()
      }
    })
    input.addEventListener("keydown", event => {
      const number = options().length
      const to = {ArrowDown: active + 1 >= number ? 0 : active + 1, ArrowUp: active <= 0 ? number - 1 : active - 1}
      if (event.key in to && number) {
        event.preventDefault()
        choose(to[event.key])
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault()
        options()[active].click()
      }
    })
    list.addEventListener("click", () => set(false)) // the fact may stand on this very page
    document.addEventListener("keydown", event => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]")
      if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return
      event.preventDefault()
      input.focus()
      input.select()
    })
    return query => {
      input.value = query
      input.focus()
      update()
    }
  }

  // A page with a box and its results below: Search, and the one for addresses that do not exist

  function page(box, query) {
    const input = box.querySelector("input")
    const status = box.querySelector(".sr-status")
    const list = box.querySelector("ol")
    const below = box.querySelector(".sr-below")
    let wanted = 20
    let latest = 0
    async function update() {
      const turn = ++latest
      const asked = input.value.trim()
      try {
        const result = asked ? await search(asked, wanted) : null
        const end = []
        if (result && !result.hits.length) end.push(await nothing(asked))
        if (result && result.total > result.hits.length) {
          const more = element("button", {type: "button", class: "md-button"}, "More results")
          more.addEventListener("click", () => { wanted += 20; update() })
          end.push(more)
        }
        if (turn !== latest) return
        const told = result?.hits.length ? summary(result, asked) : `Nothing found for “${asked}”`
        status.textContent = asked ? told : ""
        list.replaceChildren(...(result?.hits ?? []).map(hit => element("li", {}, shown(hit, result))))
        below.replaceChildren(...end)
      } catch (error) {
        status.textContent = failed
        ready = null
      }
      box.dataset.query = asked
    }
    box.hidden = false
    input.value = query
    input.addEventListener("input", () => {
      wanted = 20
      if (box.dataset.box === "search") {
        const url = new URL(location.href)
        url.searchParams.set("q", input.value)
        history.replaceState(history.state, "", url)
      }
      update()
    })
    box.addEventListener("submit", event => event.preventDefault())
    if (query) update()
  }

  // The words of an address that does not exist: those of its last part that finds something.
  async function lost() {
    const path = location.pathname.slice(top.pathname.length)
    const readable = text => {
      try {
        return decodeURIComponent(text)
      } catch {
        return text
      }
    }
    const said = path.split("/").map(one => readable(one).replace(/\.\w+$/, "").replace(/[-_+]+/g, " ").trim())
    const words = said.filter(one => one && one !== "index").reverse()
    for (const one of words.filter(one => one.length > 2)) {
      if ((await search(one, 1)).hits.length) return one
    }
    return words[0] ?? ""
  }

  const asked = new URLSearchParams(location.search).get("q") ?? ""
  const own = document.querySelector("[data-box]")
  const inHeader = header(document.querySelector(".md-search"))
  if (own?.dataset.box === "search") page(own, asked)
  else if (own) lost().catch(() => "").then(words => page(own, words))
  else if (asked) inHeader(asked)
})()
