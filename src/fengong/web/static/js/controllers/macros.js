// Macros: the list on the left by arrows, what the chosen one would do on the right; Enter does it, Shift Enter only
// puts its words into the composer.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["input", "list", "insert", "apply"]

  key(event) {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (way) this.step(way)
    else if (event.key === "Enter") (event.shiftKey ? this.insertTarget : this.applyTarget)?.click()
    else return
    event.preventDefault()
  }

  step(way) {
    const all = [...this.listTarget.querySelectorAll("[role=option]")]
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true")
    const next = all[(at + way + all.length) % all.length]
    if (!next) return
    this.mark(next)
    next.dispatchEvent(new CustomEvent("show"))
  }

  pick({ currentTarget }) {
    this.mark(currentTarget)
    this.inputTarget.focus()
  }

  mark(chosen) {
    for (const one of this.listTarget.querySelectorAll("[role=option]")) one.setAttribute("aria-selected", String(one === chosen))
    this.inputTarget.setAttribute("aria-activedescendant", chosen.id)
    chosen.scrollIntoView({ block: "nearest" })
  }

  listTargetConnected(list) {
    this.watch = new MutationObserver(() => list.querySelector("[aria-selected=true]")?.dispatchEvent(new CustomEvent("show")))
    this.watch.observe(list, { childList: true })
  }

  listTargetDisconnected() { this.watch?.disconnect() }

  insert({ currentTarget: { dataset: { body, kind } } }) {
    const field = document.querySelector(`#panel-${kind} textarea`)
    this.element.closest("dialog").close()
    document.getElementById(`tab-${kind}`).click()
    field.setRangeText(body, field.selectionStart, field.selectionEnd, "end")
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }
}
