/** The console: a frame around pages, over the service that serves it. */
import './design/tokens.css'
import './design/base.css'
import { createApp } from 'vue'
import { chooseContrast, contrast } from './design/contrast.ts'
import { chooseLanguage, language } from './language/language.ts'
import { router } from './router.ts'
import { watchIdleness } from './session/idle-watch.ts'
import { askSession, watchAnswers } from './session/session.ts'
import { watchSignIns } from './session/sign-in-window.ts'
import ConsoleFrame from './shell/ConsoleFrame.vue'
import { listenToKeys } from './shell/shortcuts.ts'

// A page that was kept as it stood begins anew: somebody else may have come since.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
chooseLanguage(language.value)
chooseContrast(contrast.value)
watchAnswers()
watchSignIns()
watchIdleness()
listenToKeys()
void askSession()
createApp(ConsoleFrame).use(router).mount('#console')
