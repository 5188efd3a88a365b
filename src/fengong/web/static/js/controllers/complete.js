// A field that proposes how to go on. The address answers with options; one is taken by Enter, Tab or a press.
// An option stands for a stretch of the text (data-from, data-to) or, without those, for all of it.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const PAUSE = 120

export default class extends Controller {
  static targets = ["input", "options"]
  static values = { url: String, submits: Boolean, least: Number }

  connect() {
    this.inputTarget.setAttribute("aria-expanded", "false")
    this.leave = () => this.close()
    this.inputTarget.addEventListener("blur", this.leave)
  }

  disconnect() {
    clearTimeout(this.timer)
    this.inputTarget.removeEventListener("blur", this.leave)
  }

  ask() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.fetch(), PAUSE)
  }

  async fetch() {
    const { value, selectionStart } = this.inputTarget
    if (value.trim().length < this.leastValue) return this.close()
    const url = new URL(this.urlValue, location.href)
    url.searchParams.set("q", value)
    url.searchParams.set("at", selectionStart ?? value.length)
    this.asking?.abort()
    this.asking = new AbortController()
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: this.asking.signal })
      if (answer.ok && document.activeElement === this.inputTarget) this.show(await answer.text())
    } catch (error) { if (error.name !== "AbortError") this.close() }
  }

  show(html) {
    this.optionsTarget.innerHTML = html
    const options = this.options()
    options.forEach((option, n) => { option.id = `${this.optionsTarget.id}-${n}` })
    this.optionsTarget.hidden = !options.length
    this.inputTarget.setAttribute("aria-expanded", Boolean(options.length))
    this.select(null)
  }

  move(event) {
    if (this.optionsTarget.hidden) return
    const options = this.options(), way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (way) this.select(options[(options.indexOf(this.selected()) + way + options.length) % options.length])
    else if (event.key === "Escape") { this.close(); event.stopImmediatePropagation() }
    else if (["Enter", "Tab"].includes(event.key) && this.selected()) this.take(this.selected())
    else return
    event.preventDefault()
  }

  choose(event) {
    event.preventDefault()
    const option = event.target.closest("[role=option]")
    if (option) this.take(option)
  }

  take(option) {
    const input = this.inputTarget, { from, to, value } = option.dataset
    if (from === undefined) input.value = value
    else input.setRangeText(value, Number(from), Number(to), "end")
    this.close()
    input.dispatchEvent(new CustomEvent("complete:taken", { bubbles: true, detail: option.dataset }))
    if (this.submitsValue) input.form.requestSubmit()
    else if (from !== undefined) input.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }

  sent({ detail }) { if ((detail.ctx?.response?.status ?? 500) < 400) this.inputTarget.value = "" }

  close() {
    clearTimeout(this.timer)
    this.asking?.abort()
    this.optionsTarget.hidden = true
    this.inputTarget.setAttribute("aria-expanded", "false")
    this.inputTarget.removeAttribute("aria-activedescendant")
  }

  select(option) {
    for (const other of this.options()) other.setAttribute("aria-selected", String(other === option))
    if (option) this.inputTarget.setAttribute("aria-activedescendant", option.id)
    else this.inputTarget.removeAttribute("aria-activedescendant")
    option?.scrollIntoView({ block: "nearest" })
  }

  options() { return [...this.optionsTarget.querySelectorAll("[role=option]")] }
  selected() { return this.optionsTarget.querySelector("[aria-selected=true]") }
}
