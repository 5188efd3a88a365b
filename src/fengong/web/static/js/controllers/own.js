// What one changes on a ticket oneself is no reason to stop one's own reply: the version that one's change made counts
// as seen, unless somebody else's change came in between. An answer that comes when another ticket is open does not take
// its place. Also: printing it, and the address to pass on.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const asked = new WeakMap()
const changes = (ctx) => !["GET", "HEAD"].includes(ctx?.request?.method?.toUpperCase())
const version = () => Number(document.getElementById("thread")?.dataset.version)

export default class extends Controller {
  connect() {
    this.before = ({ detail }) => {
      if (changes(detail.ctx)) asked.set(detail.ctx, this.element.dataset.ticket)
      if (this.isMine(detail.ctx)) this.known = version()
    }
    this.arrived = ({ detail }) => this.keepPlace(detail)
    this.after = ({ detail }) => { if (this.isMine(detail.ctx) && detail.ctx.response?.status < 400) this.catchUp() }
    document.addEventListener("htmx:before:request", this.before)
    document.addEventListener("htmx:before:swap", this.arrived)
    document.addEventListener("htmx:after:swap", this.after)
  }

  disconnect() {
    document.removeEventListener("htmx:before:request", this.before)
    document.removeEventListener("htmx:before:swap", this.arrived)
    document.removeEventListener("htmx:after:swap", this.after)
  }

  isMine(ctx) {
    return changes(ctx) && Boolean(ctx.sourceElement?.closest("#heading, #menus, #context, #dialog"))
  }

  catchUp() {
    const now = version()
    if (now !== this.known + 1) return
    for (const field of document.querySelectorAll(".composer input[name=seen]")) {
      if (Number(field.value) === this.known) field.value = now
    }
  }

  // Toasts are shown all the same; of a refusal its sentence, with the number of the ticket.
  keepPlace({ ctx, tasks }) {
    const ticket = asked.get(ctx), at = tasks.findIndex(({ type, target }) => type === "main" && target?.id === "open")
    if (at < 0 || !ticket || ticket === this.element.dataset.ticket) return
    const [{ fragment }] = tasks.splice(at, 1)
    const refusal = fragment.querySelector("[role=alert] .line")?.textContent.trim()
    if (ctx.response.status >= 400 && refusal) this.tell(`#${ticket} · ${refusal}`)
  }

  tell(words) {
    const toast = Object.assign(document.createElement("div"), { className: "toast refused", textContent: words, role: "alert" })
    toast.dataset.controller = "toast"
    document.getElementById("toasts")?.append(toast)
  }

  print() { print() }
  copy() { navigator.clipboard?.writeText(`${location.origin}/tickets/${document.getElementById("talk").dataset.ticket}`) }
}
