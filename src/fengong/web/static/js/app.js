// Starts the controllers. Everything is in small modules; the policy allows no inline script and no eval.
import { Application } from "../vendor/stimulus/stimulus.js"
import "./ime.js"
import Board from "./controllers/board.js"
import Choices from "./controllers/choices.js"
import Clock from "./controllers/clock.js"
import Complete from "./controllers/complete.js"
import Composer from "./controllers/composer.js"
import Dialog from "./controllers/dialog.js"
import Drafts from "./controllers/drafts.js"
import Files from "./controllers/files.js"
import Heat from "./controllers/heat.js"
import Keys from "./controllers/keys.js"
import Letter from "./controllers/letter.js"
import Live from "./controllers/live.js"
import Macros from "./controllers/macros.js"
import Menu from "./controllers/menu.js"
import Own from "./controllers/own.js"
import Palette from "./controllers/palette.js"
import Panes from "./controllers/panes.js"
import Presence from "./controllers/presence.js"
import Roster from "./controllers/roster.js"
import Rows from "./controllers/rows.js"
import Selection from "./controllers/selection.js"
import Thread from "./controllers/thread.js"
import Toast from "./controllers/toast.js"
import Viewing from "./controllers/viewing.js"
import Write from "./controllers/write.js"

const application = Application.start()
const controllers = {
  board: Board, choices: Choices, clock: Clock, complete: Complete, composer: Composer, dialog: Dialog,
  drafts: Drafts, files: Files, heat: Heat, keys: Keys, letter: Letter, live: Live, macros: Macros, menu: Menu, own: Own,
  palette: Palette, panes: Panes, presence: Presence, roster: Roster, rows: Rows, selection: Selection, thread: Thread, toast: Toast,
  viewing: Viewing, write: Write,
}
for (const [name, controller] of Object.entries(controllers)) application.register(name, controller)
