// Hearing that something was said: a stream read by fetch, because it must show the visitor's secret in a header. Where
// no stream can be had, the window asks every few seconds.
const POLL = 5000
const LONGEST = 30000

export class Stream {
  constructor(desk, { news, lost }) {
    this.desk = desk
    this.news = news
    this.lost = lost
    this.topic = ""
    setInterval(() => { if (this.topic && !this.open) this.news() }, POLL)
  }

  follow(topic, since) {
    if (!topic || topic === this.topic) return
    this.abort?.abort()
    this.topic = topic
    this.since = since
    this.pause = 500
    this.listen(topic)
  }

  async listen(topic) {
    while (topic === this.topic && this.desk.secret) {
      try {
        await this.read(topic)
      } catch { /* told below */ }
      this.open = false
      if (topic !== this.topic) return
      this.lost(this.pause > 2000)
      await new Promise((done) => setTimeout(done, this.pause))
      this.pause = Math.min(this.pause * 2, LONGEST)
    }
  }

  async read(topic) {
    this.abort = new AbortController()
    const headers = { ...this.desk.headers(), ...(this.mark && { "Last-Event-ID": this.mark }) }
    const address = `/live?topics=${topic}&since=${this.since}`
    const response = await fetch(address, { headers, credentials: "omit", signal: this.abort.signal })
    if (!response.ok) throw new Error(String(response.status))
    this.open = true
    this.pause = 500
    this.lost(false)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ""
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n")
      rest = lines.pop()
      for (const line of lines) this.hear(line)
    }
  }

  hear(line) {
    if (line.startsWith("id: ")) this.mark = line.slice(4)
    if (!line.startsWith("data: ")) return
    clearTimeout(this.soon)
    this.soon = setTimeout(this.news, 60)
  }
}
