// A conversation opens at its newest message, and stays there while one reads the end.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const NEAR = 80

export default class extends Controller {
  connect() {
    this.toEnd()
    this.watch = new MutationObserver(() => { if (this.atEnd) this.toEnd() })
    this.watch.observe(this.element, { childList: true, subtree: true })
    this.element.addEventListener("click", ({ target }) => this.outside(target.closest?.("a[href]")))
    this.element.addEventListener("scroll", () => { this.atEnd = this.isAtEnd() }, { passive: true })
  }

  disconnect() { this.watch.disconnect() }

  // What a message links to elsewhere opens beside the desk, not in its place.
  outside(link) { if (link && link.origin !== location.origin) link.target = "_blank" }

  toEnd() { this.element.scrollTop = this.element.scrollHeight; this.atEnd = true }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element
    return scrollHeight - scrollTop - clientHeight < NEAR
  }
}
