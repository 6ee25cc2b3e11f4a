/** The console: a frame around pages, over the service that serves it. */
import './design/tokens.css'
import './design/base.css'
import { createApp } from 'vue'
import { chooseContrast, contrast } from './design/contrast.ts'
import { chooseLanguage, language } from './language/language.ts'
import { router } from './router.ts'
import { watchIdleness } from './session/idle-watch.ts'
import { askSession, beginSession, onLeave, setAside, watchAnswers, watchTabs } from './session/session.ts'
import ConsoleFrame from './shell/ConsoleFrame.vue'
import { listenToKeys } from './shell/shortcuts.ts'

chooseLanguage(language.value)
chooseContrast(contrast.value)
watchAnswers()
watchTabs()
addEventListener('pagehide', ({ persisted }) => persisted && setAside())
addEventListener('pageshow', ({ persisted }) => persisted && void askSession())
onLeave((address) => location.assign(address))
watchIdleness()
listenToKeys()
void beginSession()
createApp(ConsoleFrame).use(router).mount('#console')
