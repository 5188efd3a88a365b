// A menu that opens above everything under the button that names it: arrows, Home and End walk it, a choice closes it.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const ITEMS = "button:not([disabled]), a[href], input:not([type=hidden]), select"
const GAP = 4

export default class extends Controller {
  connect() {
    this.toggled = (event) => event.newState === "open" ? this.shown() : this.element.removeAttribute("style")
    this.pressed = (event) => this.walk(event)
    this.clicked = ({ target }) => { if (target.closest("button, a") && !target.closest("[data-stays]")) this.close() }
    this.element.addEventListener("toggle", this.toggled)
    this.element.addEventListener("keydown", this.pressed)
    this.element.addEventListener("click", this.clicked)
  }

  disconnect() {
    this.element.removeEventListener("toggle", this.toggled)
    this.element.removeEventListener("keydown", this.pressed)
    this.element.removeEventListener("click", this.clicked)
  }

  shown() {
    const opener = this.opener(), menu = this.element
    const { left, right, top, bottom } = (opener ?? menu).getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = menu
    const x = Math.max(GAP, Math.min(left + width + GAP < innerWidth ? left : right - width, innerWidth - width - GAP))
    const y = bottom + GAP + height < innerHeight ? bottom + GAP : Math.max(GAP, top - GAP - height)
    menu.style.inset = `${Math.round(y)}px auto auto ${Math.round(x)}px`
    ;(menu.querySelector("[autofocus]") ?? this.items()[0])?.focus({ preventScroll: true })
  }

  walk(event) {
    const items = this.items(), at = items.indexOf(document.activeElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (to === undefined || (event.target.matches("select, [role=combobox]") && event.key.startsWith("Arrow"))) return
    event.preventDefault()
    items[(to + items.length) % items.length]?.focus()
  }

  close() {
    const opener = this.opener()
    queueMicrotask(() => {
      const within = this.element.contains(document.activeElement)
      this.element.hidePopover()
      if (within) opener?.focus({ preventScroll: true })
    })
  }

  items() { return [...this.element.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility()) }
  opener() { return document.querySelector(`[popovertarget="${CSS.escape(this.element.id)}"]`) }
}
