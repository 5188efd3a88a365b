// Times that tick: how long until a promise ends, how long ago something was. One timer for the whole page.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const ticking = new Set()
const SOON = 30
let words = null

const fill = (name, values) => {
  words ??= JSON.parse(document.body.dataset.clockWords || "{}")
  return (words[name] || "").replace(/%\((\w+)\)s/g, (_, key) => values[key])
}

const duration = (minutes) => {
  const whole = Math.max(Math.floor(minutes), 0)
  if (whole < 60) return fill("minutes", { minutes: whole })
  if (whole < 1440) {
    const hours = Math.floor(whole / 60), rest = hours < 3 ? whole % 60 : 0
    return fill(rest ? "hoursMinutes" : "hours", { hours, minutes: rest })
  }
  const days = Math.floor(whole / 1440), hours = days < 2 ? Math.floor(whole / 60) % 24 : 0
  return fill(hours ? "daysHours" : "days", { days, hours })
}

setInterval(() => { if (!document.hidden) for (const clock of ticking) clock.tick() }, 5000)

export default class extends Controller {
  static targets = ["words"]
  static values = { kind: String }

  connect() { ticking.add(this); this.tick() }
  disconnect() { ticking.delete(this) }

  tick() {
    const minutes = (new Date(this.element.getAttribute("datetime")) - Date.now()) / 60000
    if (this.kindValue === "due") this.due(minutes)
    else this.ago(-minutes)
  }

  due(minutes) {
    const state = minutes < 0 ? "late" : minutes <= SOON ? "soon" : "fine"
    if (this.element.dataset.state !== state) this.element.dataset.state = state
    this.say(this.wordsTarget, state === "late" ? fill("over", { time: duration(-minutes) }) : duration(minutes))
  }

  ago(minutes) {
    if (minutes > 7 * 1440) return
    this.say(this.element, minutes < 1 ? fill("now", {}) : fill("ago", { time: duration(minutes) }))
  }

  say(element, text) { if (text && element.textContent !== text) element.textContent = text }
}
