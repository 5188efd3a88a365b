// Keys: an element says its own by data-key (several, or a sequence such as "g t", apart by blanks). Never while a word
// is composed (see ime.js), never while one types.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const typing = (element) => element.closest?.("input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select, [contenteditable]")
const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null
const SEQUENCE = 1200

export default class extends Controller {
  static targets = ["modifier"]

  connect() {
    this.press = (event) => this.heard(event)
    addEventListener("keydown", this.press)
    if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const sign of this.modifierTargets) sign.textContent = "⌘ K"
  }

  disconnect() { removeEventListener("keydown", this.press) }

  heard(event) {
    const command = event.ctrlKey || event.metaKey
    if (command && event.key.toLowerCase() === "k") return this.take(event, () => this.palette())
    if (event.key === "Escape" && typing(event.target)) return event.target.blur()
    if (command || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return
    if (this.prefix && event.timeStamp - this.prefix < SEQUENCE) return this.room(event)
    this.prefix = event.key === "g" ? event.timeStamp : 0
    const found = this.prefix ? null : this.find(event.key)
    if (found) this.take(event, () => this.act(found))
  }

  // While a menu is open, only its own keys are heard.
  find(key) {
    const within = document.querySelector("[popover]:popover-open") ?? document
    const choices = [...within.querySelectorAll("[data-key]")].filter((element) => !element.closest(".rail .room"))
    return choices.find((element) => element.dataset.key.split(" ").includes(key) && visible(element))
  }

  room(event) {
    this.prefix = 0
    const link = document.querySelector(`[data-key="g ${CSS.escape(event.key)}"]`)
    if (link) this.take(event, () => link.click())
  }

  act(element) {
    if (!element.matches("input, textarea, select")) return element.click()
    element.focus()
    element.select?.()
  }

  take(event, does) { event.preventDefault(); does() }

  palette() { document.getElementById("palette").dispatchEvent(new CustomEvent("palette:open")) }
  sheet() { document.getElementById("sheet").showModal() }
}
