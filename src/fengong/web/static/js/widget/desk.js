// Asking the desk: who this visitor is stands in this browser, under the widget's name, and goes along in a header.
import { kept } from "./kept.js"

export class Refusal extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

export class Desk {
  constructor(token, language) {
    this.path = `/widget/${token}`
    this.key = `fengong.widget.${token}`
    this.language = language
    this.recall()
  }

  recall() { this.secret = kept.read(this.key) }

  ask(what) { return this.call(what, {}) }

  async tell(what, values, more = {}) {
    const body = new FormData()
    for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) body.append(name, one)
    await this.become()
    return this.call(what, { method: "POST", body, ...more })
  }

  async become() {
    this.coming ??= this.secret ? null : this.greet()
    try { await this.coming } finally { this.coming = null }
  }

  async greet() {
    const { visitor } = await this.call("visitors", { method: "POST" })
    this.secret = visitor
    kept.write(this.key, visitor)
  }

  headers() {
    return { "X-Language": this.language, ...(this.secret && { "X-Visitor": this.secret }) }
  }

  async call(what, options) {
    const response = await fetch(`${this.path}/${what}`, { ...options, headers: this.headers(), credentials: "omit" })
    if (response.status === 401) this.forget()
    if (!response.ok) throw new Refusal(response.status, await this.reason(response))
    return response.status === 204 ? null : response.json()
  }

  async reason(response) {
    try { return (await response.json()).detail } catch { return "" }
  }

  forget() {
    this.secret = null
    kept.write(this.key, null)
  }
}
