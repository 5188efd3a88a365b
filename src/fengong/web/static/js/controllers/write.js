// Writing: marks around what is selected, what `@` and `/` propose, the preview, and the customer's language.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const NAMED = /(^|[^A-Za-z0-9_.@])@([^\s@]{0,24})$/u
const CALLED = /^\/([^\n]{0,40})$/u
const CHINESE = /[\u3400-\u9fff]/g, LATIN = /[A-Za-z]{3,}/g
const MOST = 8

export default class extends Controller {
  static targets = ["text", "options", "preview", "shown", "hint"]
  static values = { names: String, macros: String, language: String }

  bold() { this.around("**", "**") }
  code() { const picked = this.picked(); picked.includes("\n") ? this.around("```\n", "\n```") : this.around("`", "`") }
  link() { this.picked().startsWith("http") ? this.around("[", `](${this.picked()})`, "") : this.around("[", "](https://)") }
  list() { this.put(this.picked().split("\n").map((line) => `- ${line}`).join("\n")) }

  around(before, after, words = this.picked()) {
    const { selectionStart: from } = this.textTarget
    this.put(`${before}${words}${after}`)
    this.textTarget.setSelectionRange(from + before.length, from + before.length + words.length)
  }

  put(words, from = this.textTarget.selectionStart, to = this.textTarget.selectionEnd) {
    const field = this.textTarget
    field.focus()
    field.setRangeText(words, from, to, "end")
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }

  picked() { const { value, selectionStart, selectionEnd } = this.textTarget; return value.slice(selectionStart, selectionEnd) }

  key(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "b") { event.preventDefault(); return this.bold() }
    if (this.optionsTarget.hidden) return
    const all = this.options(), at = all.indexOf(this.selected()), way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (way) this.select(all[(at + way + all.length) % all.length])
    else if (["Enter", "Tab"].includes(event.key) && this.selected()) this.take(this.selected())
    else if (event.key === "Escape") { this.close(); event.stopPropagation() }
    else return
    event.preventDefault()
  }

  async look() {
    this.hint()
    const { value, selectionStart } = this.textTarget, before = value.slice(0, selectionStart)
    const named = this.namesValue && NAMED.exec(before), called = this.macrosValue && CALLED.exec(before)
    if (!named && !called) return this.close()
    const sought = (named ? named[2] : called[1]).toLowerCase()
    this.from = selectionStart - sought.length - 1
    const all = named ? await this.colleagues() : await this.macros()
    if (this.textTarget.value !== value) return
    const fits = ({ name, also = "" }) => `${name} ${also}`.toLowerCase().split(" ").some((word) => word.startsWith(sought)) || name.toLowerCase().includes(sought)
    this.propose(all.filter(fits).slice(0, MOST))
  }

  async colleagues() { return (this.known ??= (await this.ask(this.namesValue)).colleagues) }
  async macros() { return (this.called ??= (await this.ask(`${this.macrosValue}?names=1`)).macros) }
  async ask(url) { return (await fetch(url, { headers: { Accept: "application/json" } })).json() }

  propose(found) {
    this.optionsTarget.replaceChildren(...found.map(({ id, name, hint = "" }, n) => {
      const option = document.createElement("li")
      Object.assign(option, { id: `${this.optionsTarget.id}-${n}`, textContent: name })
      option.setAttribute("role", "option")
      if (id) option.dataset.macro = id
      else option.dataset.name = name
      if (hint) option.append(Object.assign(document.createElement("small"), { textContent: hint }))
      return option
    }))
    this.optionsTarget.hidden = !found.length
    this.select(this.options()[0])
  }

  choose(event) {
    event.preventDefault()
    const option = event.target.closest("[role=option]")
    if (option) this.take(option)
  }

  async take({ dataset: { name, macro } }) {
    this.close()
    const to = this.textTarget.selectionStart
    if (name) return this.put(`@${name} `, this.from, to)
    const { body } = await this.ask(`${this.macrosValue}/${macro}?text=1`)
    this.put(body, this.from, to)
  }

  select(option) {
    for (const other of this.options()) other.setAttribute("aria-selected", String(other === option))
    if (option) this.textTarget.setAttribute("aria-activedescendant", option.id)
    else this.textTarget.removeAttribute("aria-activedescendant")
  }

  close() { this.optionsTarget.hidden = true; this.textTarget.removeAttribute("aria-activedescendant") }
  options() { return [...this.optionsTarget.querySelectorAll("[role=option]")] }
  selected() { return this.optionsTarget.querySelector("[aria-selected=true]") }

  preview() {
    const on = this.shownTarget.hidden
    this.shownTarget.hidden = !on
    this.textTarget.hidden = on
    this.previewTarget.setAttribute("aria-pressed", on)
    if (!on) this.textTarget.focus()
  }

  hint() {
    if (!this.hasHintTarget) return
    const words = this.textTarget.value, chinese = words.match(CHINESE)?.length ?? 0, latin = words.match(LATIN)?.length ?? 0
    const wrong = this.languageValue.startsWith("zh") ? latin >= 4 && !chinese : chinese >= 6 && chinese > latin
    this.hintTarget.hidden = !wrong
  }

  walk(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const tools = [...event.currentTarget.querySelectorAll("button")], at = tools.indexOf(event.target)
    if (!way || at < 0) return
    event.preventDefault()
    for (const tool of tools) tool.tabIndex = -1
    const next = tools[(at + way + tools.length) % tools.length]
    next.tabIndex = 0
    next.focus()
  }
}
