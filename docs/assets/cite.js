// How to cite: a button that copies the address of each fact, and the citations of page and facts on the spot.
// What is shown is read from the files that the box at the end of the page leads to; without this script they are links.
(() => {
  const box = document.querySelector("details.cite")
  if (!box) return

  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...inside)
    return element
  }
  const status = make("p", {className: "sr-only"})
  status.setAttribute("role", "status")
  box.before(status)
  const say = text => { status.textContent = ""; setTimeout(() => { status.textContent = text }, 50) }

  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text)
    } catch { // a page opened over plain HTTP has no clipboard of its own
      const field = make("textarea", {value: text, className: "sr-only"})
      document.body.append(field)
      field.select()
      document.execCommand("copy")
      field.remove()
      button.focus()
    }
    const name = button.textContent
    if (name !== "Copied") {
      button.textContent = "Copied"
      setTimeout(() => { button.textContent = name }, 1500)
    }
    say("Copied")
  }

  const canonical = document.querySelector("link[rel=canonical]")?.href
  const address = (canonical ?? location.href.replace(/[?#].*/, ""))

  if (location.protocol === "file:") return // a page opened from the disk may load nothing; the links of the box work

  const formats = [...box.querySelectorAll("a")].map(link => ({name: link.textContent, href: link.href}))
  const structured = formats.find(one => one.href.endsWith(".json"))
  const texts = new Map()
  const read = href => {
    if (!texts.has(href)) {
      texts.set(href, fetch(href).then(answer => {
        if (!answer.ok) throw new Error(answer.status)
        return answer.text()
      }).catch(error => { texts.delete(href); throw error }))
    }
    return texts.get(href)
  }

  // The entries are in the same order in all formats; the structured one says whose they are.
  const citation = async (format, anchor) => {
    const entries = JSON.parse(await read(structured.href))
    const at = anchor ? entries.findIndex(one => one.id.endsWith(`-${anchor}`)) : 0
    if (format === structured) return JSON.stringify([entries[at]], null, 2)
    return (await read(format.href)).replaceAll("\r\n", "\n").trim().split(/\n\n/)[at]
  }

  let number = 0
  const panel = anchor => {
    const id = `cite-format-${number++}`
    const select = make("select", {id}, ...formats.map(one => make("option", {}, one.name)))
    const text = make("pre", {}, make("code"))
    const button = make("button", {type: "button", className: "tool"}, "Copy citation")
    button.addEventListener("click", () => copy(text.textContent, button))
    const show = async () => {
      try {
        text.firstChild.textContent = await citation(formats[select.selectedIndex], anchor)
      } catch {
        text.firstChild.textContent = "The citation could not be loaded; the files at the end of the page hold it."
      }
    }
    select.addEventListener("change", show)
    show()
    return make("div", {className: "citation"}, make("p", {}, make("label", {htmlFor: id}, "Format "), select, " ", button), text)
  }

  const copier = (name, anchor) => {
    const button = make("button", {type: "button", className: "tool"}, name)
    button.addEventListener("click", () => copy(address + (anchor ? `#${anchor}` : ""), button))
    return button
  }

  for (const heading of document.querySelectorAll("h3.fact[id]")) {
    let last = heading
    while (last.nextElementSibling && !last.nextElementSibling.matches("h2, h3, .cite, .ways, :not(p, blockquote)")) {
      last = last.nextElementSibling
    }
    const link = copier("Copy link", heading.id)
    const cite = make("button", {type: "button", className: "tool"}, "Cite")
    const tools = make("p", {className: "tools"}, link, " ", cite)
    for (const one of [link, cite]) one.setAttribute("aria-describedby", heading.id)
    let shown = null
    cite.setAttribute("aria-expanded", "false")
    cite.addEventListener("click", () => {
      if (shown) shown.remove()
      else tools.after(shown = panel(heading.id))
      if (!shown.isConnected) shown = null
      cite.setAttribute("aria-expanded", String(Boolean(shown)))
    })
    last.after(tools)
  }

  box.append(make("p", {className: "tools"}, copier("Copy the address of this page")))
  box.addEventListener("toggle", () => box.append(panel("")), {once: true})
})()
