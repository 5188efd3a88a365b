// The map of coverage: an hour of a row is opened where it is clicked; pointing at it names the hour.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static values = { base: String }

  open(event) {
    const topic = event.currentTarget.closest("tr").dataset.topic
    const address = `${this.baseValue}&topic=${topic}&hour=${this.hour(event)}`
    htmx.ajax("GET", address, { target: "#behind", swap: "innerHTML" })
  }

  point(event) {
    const hour = this.hour(event), days = this.element.querySelectorAll(".heat-week span")
    event.currentTarget.title = `${days[Math.floor(hour / 24)].textContent} ${hour % 24}:00`
  }

  hour(event) {
    const box = event.currentTarget.querySelector("svg").getBoundingClientRect()
    return Math.min(167, Math.max(0, Math.floor((168 * (event.clientX - box.left)) / box.width)))
  }
}
