// The palette: rooms, actions on what is open (each with its key), and tickets by number or words.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const visible = (element) => !element.disabled && (element.checkVisibility?.() || element.closest("[popover], [data-palette-target=places]"))

export default class extends Controller {
  static targets = ["input", "options", "found", "places"]
  static values = { actions: String }

  connect() { this.element.addEventListener("palette:open", () => this.open()) }

  open() {
    if (this.element.open) return this.element.close()
    this.gather()
    this.inputTarget.value = ""
    this.foundTarget.replaceChildren()
    this.element.showModal()
    this.draw()
    htmx.trigger(this.placesTarget, "places")
  }

  // What can be done on this page, and the places that the server knows; the same thing is offered once.
  gather() {
    const known = new Set()
    this.items = [...document.querySelectorAll("[data-palette]")].filter(visible).filter((item) => {
      const name = `${this.group(item)}\n${item.dataset.palette}`
      return !known.has(name) && known.add(name)
    })
  }

  placed() { this.gather(); this.draw() }

  narrow() {
    this.draw()
    if (this.inputTarget.value.trim()) htmx.trigger(this.foundTarget, "search")
    else this.foundTarget.replaceChildren()
  }

  merge() {
    for (const old of this.optionsTarget.querySelectorAll("[data-found]")) old.remove()
    const words = this.inputTarget.value.trim(), found = [...this.foundTarget.children]
    if (!words) return
    if (/^#?\d+$/.test(words)) this.optionsTarget.prepend(...found)
    else this.optionsTarget.append(...found)
    this.select(this.optionsTarget.querySelector("[role=option]"))
  }

  draw() {
    const words = this.inputTarget.value.trim().toLowerCase().split(/\s+/)
    const fits = (item) => words.every((word) => this.text(item).includes(word))
    const groups = Map.groupBy?.(this.items.filter(fits), (item) => this.group(item)) ?? new Map()
    this.optionsTarget.replaceChildren(...[...groups].flatMap(([name, items]) => [this.title(name), ...items.map((item) => this.option(item))]))
    this.merge()
    this.select(this.optionsTarget.querySelector("[role=option]"))
  }

  title(name) {
    const title = document.createElement("li")
    title.className = "group"
    title.setAttribute("role", "presentation")
    title.textContent = name
    return title
  }

  option(item) {
    const option = document.createElement("li"), words = document.createElement("span")
    option.setAttribute("role", "option")
    option.id = `option-${this.items.indexOf(item)}`
    option.setAttribute("aria-selected", "false")
    words.textContent = item.dataset.palette
    if (item.dataset.key) words.append(this.keyOf(item))
    option.append(words)
    option.addEventListener("palette:run", () => this.run(item))
    return option
  }

  keyOf(item) {
    const key = document.createElement("kbd")
    key.textContent = item.closest(".rail") && item.dataset.key.startsWith("g ") ? item.dataset.key : item.dataset.key.split(" ")[0]
    return key
  }

  move(event) {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (way) this.stepBy(way)
    else if (event.key === "Enter") this.take(this.selected())
    else return
    event.preventDefault()
  }

  stepBy(way) {
    const options = [...this.optionsTarget.querySelectorAll("[role=option]")]
    this.select(options[(options.indexOf(this.selected()) + way + options.length) % options.length])
  }

  choose(event) {
    const option = event.target.closest("[role=option]")
    if (option) this.take(option)
  }

  take(option) {
    if (!option) return
    this.element.close()
    if (option.dataset.href) location.assign(option.dataset.href)
    else option.dispatchEvent(new CustomEvent("palette:run"))
  }

  run(item) { if (item.matches("input, textarea, select")) item.focus(); else item.click() }

  select(option) {
    for (const other of this.optionsTarget.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false")
    option?.setAttribute("aria-selected", "true")
    option?.scrollIntoView({ block: "nearest" })
    if (option) this.inputTarget.setAttribute("aria-activedescendant", option.id)
  }

  selected() { return this.optionsTarget.querySelector("[aria-selected=true]") }
  group(item) { return item.dataset.paletteGroup || this.actionsValue }
  text(item) { return `${item.dataset.palette} ${this.group(item)}`.toLowerCase() }
}
