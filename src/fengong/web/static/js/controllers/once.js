// A form that is on its way is not sent again by a second press.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["button"]

  connect() {
    this.back = () => { for (const button of this.buttonTargets) button.disabled = false }
    addEventListener("pageshow", this.back)
  }

  disconnect() { removeEventListener("pageshow", this.back) }

  // What a form sends is gathered after this event, so the button is disabled a moment later.
  send() { setTimeout(() => { for (const button of this.buttonTargets) button.disabled = true }) }
}
