// What one changes on a ticket oneself is no reason to stop one's own reply: the version that one's change made counts
// as seen, unless somebody else's change came in between. Also: printing it, and the address to pass on.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const version = () => Number(document.getElementById("thread")?.dataset.version)

export default class extends Controller {
  connect() {
    this.before = ({ detail }) => { if (this.isMine(detail.ctx)) this.known = version() }
    this.after = ({ detail }) => { if (this.isMine(detail.ctx) && detail.ctx.response?.status < 400) this.catchUp() }
    document.addEventListener("htmx:before:request", this.before)
    document.addEventListener("htmx:after:swap", this.after)
  }

  disconnect() {
    document.removeEventListener("htmx:before:request", this.before)
    document.removeEventListener("htmx:after:swap", this.after)
  }

  isMine(ctx) {
    const changes = !["GET", "HEAD"].includes(ctx?.request?.method?.toUpperCase())
    return changes && Boolean(ctx.sourceElement?.closest("#heading, #menus, #context, #dialog"))
  }

  catchUp() {
    const now = version()
    if (now !== this.known + 1) return
    for (const field of document.querySelectorAll(".composer input[name=seen]")) {
      if (Number(field.value) === this.known) field.value = now
    }
  }

  print() { print() }
  copy() { navigator.clipboard?.writeText(`${location.origin}/tickets/${document.getElementById("talk").dataset.ticket}`) }
}
