// What the visitor has said and the desk has not yet confirmed. It outlives a reload; the mark makes a second try harmless.
import { kept } from "./kept.js"

const mark = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")

export class Outbox {
  constructor(token, desk) {
    this.key = `fengong.outbox.${token}`
    this.desk = desk
    this.files = new Map()
    this.waiting = []
    this.recall()
  }

  recall() { if (!this.waiting.length) this.waiting = JSON.parse(kept.read(this.key) || "[]") }

  add(body, files) {
    const words = { mark: mark(), body, tried: 0 }
    if (files.length) this.files.set(words.mark, files)
    this.waiting.push(words)
    this.keep()
  }

  // One after the other, in the order they were said. A refusal drops the words it is about; a lost line keeps them.
  async deliver() {
    const refusals = []
    if (this.busy) return { refusals, failed: "" }
    this.busy = true
    try {
      while (this.waiting.length) {
        const [words] = this.waiting
        const attached = this.files.get(words.mark) ?? []
        const told = await this.desk.tell("messages", { body: words.body, mark: words.mark, attached })
        refusals.push(...told.refusals)
        this.drop(words)
      }
    } catch (error) {
      return { refusals, failed: this.after(error) }
    } finally {
      this.busy = false
    }
    return { refusals, failed: "" }
  }

  after(error) {
    const [words] = this.waiting
    words.tried += 1
    this.keep()
    if (![400, 403, 404, 413, 422].includes(error.status)) return error.status === 429 ? error.message : ""
    this.drop(words)
    return error.message
  }

  drop(words) {
    this.files.delete(words.mark)
    this.waiting = this.waiting.filter((other) => other !== words)
    this.keep()
  }

  keep() { kept.write(this.key, this.waiting.length ? JSON.stringify(this.waiting) : null) }
}
