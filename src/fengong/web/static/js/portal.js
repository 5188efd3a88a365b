// Starts the few controllers of the customers' pages.
import { Application } from "../vendor/stimulus/stimulus.js"
import "./ime.js"
import Chosen from "./controllers/chosen.js"
import Clock from "./controllers/clock.js"
import Live from "./controllers/live.js"
import Once from "./controllers/once.js"

const application = Application.start()
for (const [name, controller] of Object.entries({ chosen: Chosen, clock: Clock, live: Live, once: Once })) {
  application.register(name, controller)
}
