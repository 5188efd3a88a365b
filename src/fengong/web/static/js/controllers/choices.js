// A list of choices narrowed by typing: arrows walk it, Enter takes the first that is left.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["input", "item", "none"]

  narrow() {
    const words = this.inputTarget.value.trim().toLowerCase().split(/\s+/)
    for (const item of this.itemTargets) {
      const said = (item.dataset.words ?? item.textContent).toLowerCase()
      item.hidden = !words.every((word) => said.includes(word))
    }
    if (this.hasNoneTarget) this.noneTarget.hidden = this.itemTargets.some((item) => !item.hidden)
  }

  move(event) {
    const buttons = this.itemTargets.filter((item) => !item.hidden).flatMap((item) => [...item.querySelectorAll("button")])
    const at = buttons.indexOf(document.activeElement)
    if (!this.hasInputTarget) return
    if (event.key === "Enter" && event.target === this.inputTarget) { event.preventDefault(); return buttons[0]?.click() }
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!way || event.target.matches("textarea")) return
    event.preventDefault()
    if (at + way < 0) this.inputTarget.focus()
    else buttons[Math.min(at + way, buttons.length - 1)]?.focus()
  }
}
