// The stream says only what changed; those parts of the page that show it read themselves again.
import { Controller } from "../../vendor/stimulus/stimulus.js"
import { isComposing } from "../ime.js"

export default class extends Controller {
  connect() {
    this.held = new Set()
    this.on = (name, does) => this.element.addEventListener(name, does)
    this.on("htmx:sse:before:message", (event) => this.hear(event))
    this.on("htmx:sse:after:connection", () => this.show(true))
    this.on("htmx:sse:error", () => this.show(false))
    this.on("htmx:sse:close", () => this.show(false))
    this.release = () => { const held = this.held; this.held = new Set(); for (const name of held) this.tell(name) }
    document.addEventListener("composed", this.release)
  }

  disconnect() { document.removeEventListener("composed", this.release) }

  hear(event) {
    event.preventDefault()
    const { message } = event.detail
    if (message.event === "resync") return this.everything()
    try {
      const news = JSON.parse(message.data)
      this.tell(`live:${news.topic}`)
      if (news.topic === "tickets") this.tell(`live:ticket:${news.id}`)
      if (news.topic === "viewers") this.tell(`live:viewers:${news.id}`)
    } catch { this.everything() }
  }

  tell(name) {
    if (isComposing()) this.held.add(name)
    else document.dispatchEvent(new CustomEvent(name))
  }

  everything() {
    const names = new Set()
    for (const element of document.querySelectorAll("[hx-trigger]")) {
      for (const [name] of element.getAttribute("hx-trigger").matchAll(/live:[\w:]+/g)) names.add(name)
    }
    for (const name of names) this.tell(name)
  }

  show(connected) {
    const sign = document.getElementById("offline")
    if (sign) sign.hidden = connected
  }
}
