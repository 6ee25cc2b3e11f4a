/** What `hefu-verifier check` says of the addresses, before a service is to listen on them. */
import { ListenError } from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { assertListenable } from '#internal/verifier/listening-addresses'

const HOST = '127.0.0.1'
/** Of nobody's machine (RFC 5737). */
const ELSEWHERE = '203.0.113.7'

describe('assertListenable', () => {
  const refusalOf = async (addresses: Parameters<typeof assertListenable>[0]): Promise<ListenError> => {
    const error = await assertListenable(addresses).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(ListenError)
    return error as ListenError
  }

  it('lets pass what stands side by side, and a port that a running service has', async () => {
    for (const [port, metricsPort] of [
      [8499, 8498],
      [8499, undefined],
      [0, 0],
    ] as const)
      await assertListenable({ host: HOST, port, metricsHost: HOST, metricsPort })
  })

  it('port-taken: the numbers where the service itself listens, also where one of them listens everywhere', async () => {
    for (const metricsHost of [HOST, '0.0.0.0']) {
      const { code, says } = await refusalOf({ host: HOST, port: 8499, metricsHost, metricsPort: 8499 })
      expect(code).to.equal('port-taken')
      expect(says.zh).to.include(`${metricsHost}:8499`).and.include('HEFU_METRICS_PORT')
    }
  })

  it('cannot-listen: an address that is not this machine’s, by the variable that names it', async () => {
    const metrics = await refusalOf({ host: HOST, port: 8499, metricsHost: ELSEWHERE, metricsPort: 8498 })
    expect(metrics.says.en).to.include(`${ELSEWHERE}:8498`).and.include('HEFU_METRICS_HOST')
    const service = await refusalOf({ host: ELSEWHERE, port: 8499, metricsHost: HOST, metricsPort: 8498 })
    expect([service.code, service.says.en.includes('HEFU_HOST')]).to.deep.equal(['cannot-listen', true])
    expect(service.says.en).to.include(`${ELSEWHERE}:8499`)
  })
})
