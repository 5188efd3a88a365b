// The chat inside its frame: what was said, sending so that nothing is lost or doubled, and where the visitor is.
import { Desk } from "./desk.js"
import { kept } from "./kept.js"
import { Outbox } from "./outbox.js"
import { Rating } from "./rating.js"
import { Stream } from "./stream.js"

const facts = JSON.parse(document.getElementById("facts").textContent)
const at = (id) => document.getElementById(id)
const desk = new Desk(facts.token, facts.language)
const outbox = new Outbox(facts.token, desk)
const stream = new Stream(desk, { news: () => refresh(), lost: (yes) => { at("offline").hidden = !yes } })
const rating = new Rating(at("rating"), facts.words, desk)
let site = null, opened = window === window.top, talk = null, typed = 0, drawn = ""

const channel = (value) => ((value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const light = (hex) => {
  const [red, green, blue] = [1, 3, 5].map((from) => channel(parseInt(hex.slice(from, from + 2), 16)))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const ink = light(facts.colour) > 0.18 ? "#000" : "#fff"
document.documentElement.style.setProperty("--brand", facts.colour)
document.documentElement.style.setProperty("--on-brand", ink)

const tell = (message) => { if (site) parent.postMessage(message, site) }
const isRead = () => opened && document.visibilityState === "visible"
const newest = () => talk?.turns.filter((turn) => turn.ours).at(-1)?.id ?? 0

async function refresh() {
  if (!desk.secret) return
  talk = await desk.ask("talk").catch(() => talk)
  if (!talk) return
  draw()
  stream.follow(talk.topic, talk.since)
  tell({ fengong: "unread", count: talk.turns.filter((turn) => turn.ours && turn.id > talk.read).length })
  if (isRead() && newest() > talk.read) sign()
}

function draw() {
  const log = at("log"), atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80
  at("away").hidden = !talk || talk.online
  at("ask").hidden = !talk?.turns.length || talk.address || kept.read("fengong.not-now") === facts.token
  at("state").hidden = !talk?.solved
  at("state").textContent = talk?.solved ? talk.state : ""
  rating.show(talk?.rating)
  const turns = [...(talk?.turns ?? []), ...outbox.waiting.map((words) => ({ ...words, pending: true }))]
  const picture = JSON.stringify(turns)
  if (picture === drawn) return
  drawn = picture
  at("turns").replaceChildren(...turns.map(turnOf))
  if (atEnd || !isRead()) log.scrollTop = log.scrollHeight
}

function turnOf(turn) {
  const item = document.createElement("li"), by = document.createElement("p"), said = document.createElement("div")
  item.className = `turn${turn.ours ? " ours" : ""}${turn.pending ? " pending" : ""}`
  by.className = "by"
  said.className = "said"
  if (turn.pending) {
    by.textContent = turn.tried ? facts.words.waiting : facts.words.sending
    said.textContent = turn.body
  } else {
    const when = new Date(turn.at).toLocaleTimeString(facts.language, { hour: "2-digit", minute: "2-digit" })
    by.textContent = turn.ours ? `${turn.author} · ${when}` : when
    said.innerHTML = turn.html
    for (const link of said.querySelectorAll("a")) link.target = "_blank"
  }
  item.append(by, said, ...(turn.files ?? []).map(fileOf))
  return item
}

function fileOf({ name, path }) {
  const link = document.createElement("a")
  Object.assign(link, { href: path, textContent: name, target: "_blank", rel: "noopener" })
  return link
}

const wrong = (sentence = "") => {
  at("wrong").textContent = sentence
  at("wrong").hidden = !sentence
}

async function send(event) {
  event?.preventDefault()
  const field = at("body"), files = [...at("attached").files], body = field.value.trim()
  if (!body && !files.length) return
  field.value = at("attached").value = at("chosen").textContent = ""
  wrong()
  outbox.add(body || files.map((file) => file.name).join(", "), files)
  draw()
  at("log").scrollTop = at("log").scrollHeight
  await deliver()
}

async function deliver() {
  const { refusals, failed } = await outbox.deliver()
  if (failed || refusals.length) wrong(failed || refusals.join(" "))
  await refresh()
  draw()
  if (outbox.waiting.length) setTimeout(deliver, 4000)
}

function sign(more = {}) {
  if (!desk.secret) return
  const shown = isRead() ? { read: newest() } : {}
  if (shown.read && talk) {
    talk.read = Math.max(talk.read, shown.read)
    tell({ fengong: "unread", count: 0 })
  }
  desk.tell("presence", { ...shown, ...more }, { keepalive: true }).then(writing, () => {})
}

function writing({ typing }) { at("writing").hidden = !typing }

function hear(event) {
  const said = event.data
  const known = [...facts.origins, location.origin].includes(event.origin)
  if (event.source !== parent || !known || !said?.fengong) return
  if (said.fengong === "hello") {
    site = event.origin
    opened = said.opened
    const { open, close } = facts.words
    const words = { open, close, title: document.title }
    kept.lean(tell, said.kept)
    desk.recall()
    outbox.recall()
    tell({ fengong: "ready", colour: facts.colour, ink, position: facts.position, words })
    if (outbox.waiting.length) deliver()
    else refresh()
  }
  if (said.fengong === "open") { opened = true; at("body").focus(); refresh().then(() => sign()) }
  if (said.fengong === "close") opened = false
  if (said.fengong === "identify") {
    const { id, email, name, hash } = said
    desk.tell("identity", { id, email, name, hash }).then(refresh, () => {})
  }
}

at("write").addEventListener("submit", send)
at("body").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) send(event)
})
at("body").addEventListener("input", () => {
  if (Date.now() - typed < 3000 || !talk?.topic) return
  typed = Date.now()
  sign({ typing: "1" })
})
at("attached").addEventListener("change", ({ target }) => {
  at("chosen").textContent = [...target.files].map((file) => file.name).join(", ")
})
at("ask").addEventListener("submit", async (event) => {
  event.preventDefault()
  try {
    await desk.tell("address", { email: at("email").value })
    wrong()
    refresh()
  } catch (refusal) { wrong(refusal.message) }
})
at("not-now").addEventListener("click", () => {
  kept.write("fengong.not-now", facts.token)
  at("ask").hidden = true
})
at("close").addEventListener("click", () => tell({ fengong: "close" }))
addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) tell({ fengong: "close" }) })
addEventListener("message", hear)
addEventListener("pagehide", () => sign({ gone: "1" }))
document.addEventListener("visibilitychange", () => (document.hidden ? null : refresh()))
setInterval(() => { if (!document.hidden) sign() }, 20000)
// While a talk is warm, the window asks more often whether somebody is writing back.
const warm = () => Date.now() - new Date(talk?.turns.at(-1)?.at ?? 0) < 180000
setInterval(() => { if (isRead() && !talk?.solved && warm()) sign(Date.now() - typed < 4000 ? { typing: "1" } : {}) }, 4000)
if (parent !== window) parent.postMessage({ fengong: "listening" }, "*")
if (outbox.waiting.length) deliver()
else refresh()
draw()
