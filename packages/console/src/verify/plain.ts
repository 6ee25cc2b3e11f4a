/** The plain values of this page: asked for in the name of who is signed in, and gone with the licence, the page or the person. */
import { watch } from 'vue'
import { askService } from '../service/ask-service.ts'
import { session } from '../session/session.ts'
import { signInBeside } from '../session/sign-in-window.ts'
import { onForget } from '../session/typed-work.ts'
import { desk } from './desk.ts'
import { createPlainValues, type PlainValues } from './plain-values.ts'

export const plainValues: PlainValues = createPlainValues({
  post: (path, body, signal) =>
    askService(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${crypto.randomUUID()}"` },
      body: JSON.stringify(body),
      signal,
    }),
  signInBeside: () => signInBeside('second'),
  everySecond: (tick) => {
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  },
})

onForget(plainValues.hide)

// The next licence takes their place, whatever it is.
watch(desk.state, plainValues.hide)

watch(session, ({ state }) => {
  if (state === 'signed-in') void plainValues.signedIn()
  if (state === 'locked' && plainValues.state.value.stage === 'shown') plainValues.hide()
})
