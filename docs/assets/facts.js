// All facts, filtered: facets with counts, words, order, pages, and the selection as CSV and JSON.
// The page is a plain list without this script. The data are loaded when a reader first asks for something, or comes
// with an address that does.
(() => {
  const mount = document.querySelector("#explore")
  const list = document.querySelector("#explore-list")
  if (!mount || !list || location.protocol === "file:") return // a page opened from the disk may load nothing

  const PER_PAGE = 25
  const site = new URL(mount.dataset.site, location.href)
  const summary = JSON.parse(document.querySelector("#explore-summary").textContent)
  const plain = document.querySelector("#explore-plain")
  document.querySelector("#latest").hidden = true // the order is the reader's now

  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...inside)
    return element
  }
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`
  const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

  // State: what the address says, and nothing else

  const empty = () => ({chosen: new Map(summary.facets.map(one => [one.name, new Set()])), text: "", sort: "newest", page: 1})
  const fromAddress = () => {
    const made = empty()
    const asked = new URLSearchParams(location.search)
    for (const [name, value] of asked) {
      if (value) made.chosen.get(name)?.add(value)
    }
    made.text = asked.get("text") ?? ""
    made.sort = asked.get("sort") === "oldest" ? "oldest" : "newest"
    made.page = Math.max(1, Number.parseInt(asked.get("page"), 10) || 1)
    return made
  }
  const toAddress = one => {
    const asked = new URLSearchParams()
    for (const [name, values] of one.chosen) {
      for (const value of values) asked.append(name, value)
    }
    if (one.text.trim()) asked.set("text", one.text.trim())
    if (one.sort !== "newest") asked.set("sort", one.sort)
    if (one.page > 1) asked.set("page", one.page)
    const query = String(asked)
    return location.pathname + (query && `?${query}`)
  }
  let state = fromAddress()

  // Data

  let data = null
  let loading = null
  const get = async (path, how = "json") => {
    const answer = await fetch(new URL(path, site))
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return answer[how]()
  }
  const load = () => {
    loading ??= get("facts/explore.json").then(columns => {
      for (const facet of columns.facets) {
        facet.of = facet.facts.map(ids => typeof ids === "number" ? [ids] : ids)
        facet.place = new Map(facet.values.map(([id], at) => [id, at]))
      }
      data = {...columns, total: columns.home.length, facet: new Map(columns.facets.map(one => [one.name, one])), texts: []}
    }).catch(error => { loading = null; throw error })
    return loading
  }
  const sentences = async numbers => {
    const parts = new Set(numbers.map(number => Math.floor(number / data.chunk)))
    await Promise.all([...parts].map(async part => {
      data.texts[part] ??= get(`facts/text/${part}.json`).then(one => one.texts)
      try {
        data.texts[part] = await data.texts[part]
      } catch (error) {
        delete data.texts[part]
        throw error
      }
    }))
    return number => data.texts[Math.floor(number / data.chunk)][number % data.chunk]
  }
  const id = number => `${data.homes[data.home[number]]}-${data.anchor[number]}`

  // A fact counts for a value when it passes all other facets: it passes all, or fails in none but this one.
  const select = async () => {
    const facets = data.facets.map(facet => {
      const chosen = [...state.chosen.get(facet.name) ?? []]
      return {facet, wanted: chosen.length ? new Set(chosen.map(one => facet.place.get(one))) : null, counts: new Array(facet.values.length).fill(0)}
    })
    const words = folded(state.text).split(/\s+/).filter(Boolean)
    const all = Array.from({length: data.total}, (_, number) => number)
    const sentence = words.length ? await sentences(all) : null
    const found = []
    for (const number of all) {
      if (sentence) {
        const text = folded(sentence(number))
        if (!words.every(word => text.includes(word))) continue
      }
      let failed = 0
      let only = null
      for (const one of facets) {
        if (one.wanted && !one.facet.of[number].some(value => one.wanted.has(value))) {
          failed += 1
          only = one
          if (failed > 1) break
        }
      }
      if (failed > 1) continue
      for (const one of failed ? [only] : facets) {
        for (const value of one.facet.of[number]) one.counts[value] += 1
      }
      if (!failed) found.push(number)
    }
    if (state.sort === "newest") found.reverse()
    return {found, counts: new Map(facets.map(one => [one.facet.name, one.counts]))}
  }

  // Controls

  const status = make("p", {className: "explore-status", tabIndex: -1})
  status.setAttribute("role", "status")
  const chips = make("ul", {className: "chosen"})
  chips.setAttribute("aria-label", "Chosen")
  const pager = make("nav", {className: "pager", hidden: true})
  pager.setAttribute("aria-label", "Pages of facts")
  const words = make("input", {type: "search", id: "explore-text", autocomplete: "off"})
  const sort = make("select", {id: "explore-sort"}, make("option", {value: "newest"}, "Newest first"), make("option", {value: "oldest"}, "Oldest first"))

  const facets = summary.facets.map(one => {
    const ul = make("ul")
    const find = make("input", {type: "search", id: `find-${one.name}`, autocomplete: "off"})
    const finder = make("p", {className: "find", hidden: true}, make("label", {htmlFor: find.id, className: "sr-only"}, `Find in ${one.title}`), find)
    find.placeholder = "Find …"
    const more = make("button", {type: "button", className: "tool"})
    const fieldset = make("fieldset", {}, make("legend", {}, one.title), finder, ul, more)
    const made = {name: one.name, title: one.title, number: one.number, first: one.values, ul, find, finder, more, fieldset, open: false, boxes: new Map()}
    more.addEventListener("click", async () => {
      made.open = !made.open
      await act(() => {}, {keep: true})
      made.open && !finder.hidden ? find.focus() : more.focus()
    })
    find.addEventListener("input", () => draw(made, current?.counts.get(made.name)))
    return made
  })

  const box = (facet, value, name, count) => {
    const input = make("input", {type: "checkbox", value, checked: state.chosen.get(facet.name).has(value)})
    const number = make("span", {className: "count"}, count.toLocaleString("en"))
    facet.boxes.set(value, {input, number})
    input.addEventListener("change", () => act(() => {
      state.chosen.get(facet.name)[input.checked ? "add" : "delete"](value)
    }, {still: facet}))
    return make("li", {}, make("label", {}, input, make("span", {className: "name"}, name), number))
  }

  // Draw the values of a facet: the chosen ones, then those that most facts have.
  const draw = (facet, counts) => {
    const column = data?.facet.get(facet.name)
    const chosen = state.chosen.get(facet.name)
    let rows = column
      ? column.values.map(([value, name], at) => ({value, name, count: counts[at]}))
      : facet.first.map(([value, name, count]) => ({value, name, count}))
    rows = rows.filter(one => one.count || chosen.has(one.value))
    if (facet.name !== "year") rows.sort((a, b) => chosen.has(b.value) - chosen.has(a.value) || b.count - a.count)
    const number = column ? rows.length : facet.number
    const asked = folded(facet.find.value)
    facet.finder.hidden = !facet.open || number <= 12
    if (!facet.open) rows = rows.filter((one, at) => at < summary.shown || chosen.has(one.value))
    else if (asked && !facet.finder.hidden) rows = rows.filter(one => folded(one.name).includes(asked) || chosen.has(one.value))
    facet.boxes.clear()
    facet.ul.replaceChildren(...rows.map(one => box(facet, one.value, one.name, one.count)))
    facet.ul.classList.toggle("long", facet.open && rows.length > 12)
    facet.more.hidden = number <= summary.shown
    facet.more.textContent = facet.open ? "Fewer" : `All ${number.toLocaleString("en")}`
    facet.more.setAttribute("aria-label", facet.open ? `Fewer of ${facet.title}` : `All ${number.toLocaleString("en")} of ${facet.title}`)
    facet.more.setAttribute("aria-expanded", String(facet.open))
    facet.fieldset.hidden = !rows.length && !facet.open
  }

  // The facet in which the reader just chose keeps its order, so that nothing moves under the hand.
  const recount = (facet, counts) => {
    const column = data.facet.get(facet.name)
    for (const [value, {input, number}] of facet.boxes) {
      input.checked = state.chosen.get(facet.name).has(value)
      number.textContent = (counts[column.place.get(value)] ?? 0).toLocaleString("en")
    }
  }

  const drawChips = () => {
    const made = []
    for (const facet of facets) {
      for (const value of state.chosen.get(facet.name)) {
        const column = data.facet.get(facet.name)
        const known = column.place.has(value)
        const name = known ? column.values[column.place.get(value)][1] : `${value} (not known here)`
        const button = make("button", {type: "button", className: known ? "chip" : "chip unknown"}, `${facet.title}: ${name}`)
        button.setAttribute("aria-label", `Take away ${facet.title}: ${name}`)
        button.addEventListener("click", () => act(() => { state.chosen.get(facet.name).delete(value) }).then(() => status.focus()))
        made.push(make("li", {}, button))
      }
    }
    if (state.text.trim()) {
      const button = make("button", {type: "button", className: "chip"}, `Words: ${state.text.trim()}`)
      button.setAttribute("aria-label", `Take away the words ${state.text.trim()}`)
      button.addEventListener("click", () => act(() => { state.text = "" }).then(() => status.focus()))
      made.push(make("li", {}, button))
    }
    if (made.length > 1) {
      const button = make("button", {type: "button", className: "tool"}, "Take all away")
      button.addEventListener("click", () => act(() => { state = {...empty(), sort: state.sort} }).then(() => status.focus()))
      made.push(make("li", {}, button))
    }
    chips.replaceChildren(...made)
    chips.hidden = !made.length
  }

  const drawList = async (found, isLast) => {
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE))
    state.page = Math.min(state.page, pages)
    const here = found.slice((state.page - 1) * PER_PAGE, state.page * PER_PAGE)
    const sentence = await sentences(here)
    if (!isLast()) return // the reader was faster
    const named = (facet, number) => data.facet.get(facet).of[number].map(at => data.facet.get(facet).values[at])
    const link = (path, text, className = "") => make("a", {href: new URL(path, site), className}, text)
    const drawn = here.map(number => {
      const [[kind]] = named("kind", number)
      const [[basis]] = named("evidence", number)
      const first = make("p", {}, link(`sources/${data.homes[data.home[number]]}/#${data.anchor[number]}`, data.times[data.time[number]], "when"))
      if (kind !== "statement") first.append(" ", make("span", {className: `kind ${kind}`}, kind))
      first.append(make("br"), sentence(number))
      const last = make("p", {className: "evidence"})
      named("source", number).forEach(([source, name], at) => last.append(at ? " · " : "", link(`sources/${source}/`, name)))
      last.append(" ", make("span", {className: `basis ${basis}`}, basis))
      return make("li", {}, first, last)
    })
    list.replaceChildren(make("ul", {}, ...drawn))
    const total = counted(data.total, "fact")
    const all = found.length === data.total ? total : `${found.length.toLocaleString("en")} of ${total}`
    status.textContent = found.length ? all + (pages > 1 ? `, page ${state.page} of ${pages}` : "") : `No fact of ${data.total.toLocaleString("en")} has all of this; take something away.`
    drawPager(pages)
  }

  const toPage = (page, text, relation = "") => {
    const link = make("a", {href: toAddress({...state, page}), rel: relation}, text)
    link.addEventListener("click", async event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      await act(() => { state.page = page }, {same: true})
      status.focus({preventScroll: true})
      status.scrollIntoView({block: "center"})
    })
    return link
  }
  const drawPager = pages => {
    const ways = []
    if (state.page > 1) ways.push(toPage(1, "First"), toPage(state.page - 1, "Previous", "prev"))
    ways.push(make("span", {}, `Page ${state.page.toLocaleString("en")} of ${pages.toLocaleString("en")}`))
    if (state.page < pages) ways.push(toPage(state.page + 1, "Next", "next"), toPage(pages, "Last"))
    pager.replaceChildren(...ways)
    pager.hidden = pages === 1
  }

  let current = null
  let turn = 0
  const show = async (still = null) => {
    const mine = ++turn
    try {
      await load()
      const made = await select()
      if (mine !== turn) return // the reader was faster
      current = made
      for (const facet of facets) {
        if (facet === still) recount(facet, made.counts.get(facet.name))
        else draw(facet, made.counts.get(facet.name))
      }
      if (document.activeElement !== words) words.value = state.text
      sort.value = state.sort
      drawChips()
      await drawList(made.found, () => mine === turn)
    } catch {
      status.textContent = "The facts could not be loaded. All of them are listed by year."
      plain.hidden = false
    }
  }

  // Do what the reader asks: change the state, note it in the address, show it.
  const act = async (change, {still = null, same = false, keep = false, replace = false} = {}) => {
    change()
    if (!same && !keep) state.page = 1
    const address = toAddress(state)
    if (address !== location.pathname + location.search) history[replace ? "replaceState" : "pushState"](null, "", address)
    await show(still)
  }
  addEventListener("popstate", () => {
    state = fromAddress()
    if (data || location.search) show()
  })

  let waiting = 0
  let typing = false
  words.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      act(() => { state.text = words.value }, {replace: typing})
      typing = true // one step back for the words, not one for each letter
    }, 200)
  })
  words.addEventListener("blur", () => { typing = false })
  sort.addEventListener("change", () => act(() => { state.sort = sort.value }))

  // Downloads: the rows of the published files, so that they have the same columns and the same shape

  const save = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], {type}))
    const link = make("a", {href: address, download: name})
    document.body.append(link)
    link.click()
    link.remove()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }
  const rows = text => {
    const found = []
    let open = ""
    for (const part of text.split("\r\n")) {
      open += part
      if ((open.split("\"").length - 1) % 2) open += "\r\n" // inside a cell
      else { found.push(open); open = "" }
    }
    return found.filter(Boolean)
  }
  const csv = async ids => {
    const [head, ...all] = rows(await get("api/v1/facts.csv", "text"))
    const of = new Map(all.map(row => [row.slice(0, row.indexOf(",")), row]))
    return [head, ...ids.map(one => of.get(one)), ""].join("\r\n")
  }
  const json = async ids => {
    const all = await get("api/v1/fact.json")
    const of = new Map(all.records.map(one => [one.id, one]))
    const own = {...all, $schema: String(new URL(all.$schema, new URL("api/v1/", site))), count: ids.length, records: ids.map(one => of.get(one))}
    return JSON.stringify(own, null, 1) + "\n"
  }
  const download = (name, title, type, text) => {
    const button = make("button", {type: "button", className: "tool"}, title)
    button.addEventListener("click", async () => {
      try {
        if (!current) await show()
        save(name, type, await text(current.found.map(id)))
      } catch {
        status.textContent = "The download could not be made."
      }
    })
    return button
  }

  const panel = make("details", {className: "facets", open: matchMedia("(min-width: 60em)").matches}, make("summary", {}, "Filter"), ...facets.map(one => one.fieldset))
  const form = make("form", {className: "explore-form"}, panel)
  form.addEventListener("submit", event => event.preventDefault())
  const bar = make("div", {className: "explore-bar"},
    make("p", {}, make("label", {htmlFor: words.id}, "Words in the sentence"), words),
    make("p", {}, make("label", {htmlFor: sort.id}, "Order"), sort),
    make("p", {}, make("span", {className: "label"}, "Download these"), download("facts.csv", "CSV", "text/csv", csv), " ", download("facts.json", "JSON", "application/json", json)))
  form.setAttribute("aria-label", "Filter facts")
  mount.append(form, make("div", {className: "explore-results"}, bar, chips, status, list, pager))
  plain.hidden = true
  chips.hidden = true
  status.textContent = counted(summary.total, "fact")
  sort.value = state.sort
  words.value = state.text
  for (const facet of facets) draw(facet)
  if (toAddress(state) === location.pathname) drawPager(Math.max(1, Math.ceil(summary.total / PER_PAGE)))
  else {
    list.style.visibility = "hidden" // it has the newest facts, and others are asked for
    status.textContent = "Looking for them …"
    show().then(() => { list.style.visibility = "" })
  }
})()
