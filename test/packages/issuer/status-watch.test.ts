/** `hefu-issuer status --watch`: the same words again and again, of a journal that others write meanwhile. */

import { PassThrough } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { recordLicences } from '@hefu/issuer'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { run } from '#internal/issuer/command/program'
import { createSampleHome, NOW, openSampleOffice, sampleRows, typeOf } from './fixtures/agency.ts'

const COUNT = 3

interface Watch {
  readonly events: readonly Record<string, unknown>[]
  /** Resolves once an event has this. */
  saw(member: string, value: unknown): Promise<void>
  /** As Ctrl-C does; the exit code. */
  interrupt(): Promise<number>
}

function watch(home: string, seconds: number): Watch {
  const stdout = new PassThrough()
  const events: Record<string, unknown>[] = []
  stdout.on('data', (line) => events.push(JSON.parse(String(line)) as Record<string, unknown>))
  const controller = new AbortController()
  const [input, output] = [new PassThrough(), new PassThrough()]
  const session = { env: {}, input, output, stdout, now: () => NOW, signal: controller.signal }
  const code = run(session, ['status', '--watch', `${seconds}`, '--home', home, '--json'])
  return {
    events,
    saw: async (member, value) => {
      while (!events.some((event) => event[member] === value)) await pause(20)
    },
    interrupt: async () => {
      controller.abort()
      return code
    },
  }
}

describe('hefu-issuer status --watch', function () {
  this.timeout(120_000)

  it('tells again every so many seconds, and tells what others did meanwhile', async () => {
    const { home } = await createSampleHome()
    const watching = watch(home, 1)
    await watching.saw('recorded', 0)
    const office = await openSampleOffice(home)
    const assignment = { type: typeOf('teacher'), key: office.key }
    await recordLicences(office, assignment, sampleRows({ type: 'teacher', count: COUNT }))
    await office.journal.close()
    await watching.saw('recorded', COUNT)
    expect(await watching.interrupt()).to.equal(0)
    expect(watching.events.length).to.be.at.least(2)
    for (const event of watching.events) expect(event).to.include({ event: 'status' })
  })

  it('ends when it is interrupted, and not at the next look', async () => {
    const { home } = await createSampleHome()
    const watching = watch(home, 3600)
    await watching.saw('event', 'status')
    expect(await watching.interrupt()).to.equal(0)
    expect(watching.events).to.have.lengthOf(1)
    await (await openSampleOffice(home)).journal.close()
  })

  it('takes whole seconds from 1 on', async () => {
    for (const seconds of [0, 1.5]) expect(await watch('nowhere', seconds).interrupt()).to.equal(2)
  })
})
