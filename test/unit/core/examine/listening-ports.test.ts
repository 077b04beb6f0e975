import { describe, expect, it } from 'vitest'
import { parseListeningPorts } from '../../../../src/core/examine/listening-ports'
import { listeningReport } from '../../../../src/core/examine/listening-report'

const rest = '00000000:00000000 00:00000000 00000000     0        0 31337 1 0000000000000000 100 0 0 10 0'

/** As Linux prints them: a busybox httpd on 80, one on loopback, a connection, and IPv6 with a mapped address. */
const text = [
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  `   0: 00000000:0050 00000000:0000 0A ${rest}`,
  `   1: 0100007F:1F90 00000000:0000 0A ${rest}`,
  `   2: 0B00007F:A3C1 00000000:0000 0A ${rest}`,
  `   3: 0301000A:0050 0501000A:D4E2 01 ${rest}`,
  `   4: 0301000A:0016 00000000:0000 0A ${rest}`,
  '  sl  local_address                         remote_address                        st tx_queue rx_queue',
  `   0: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A ${rest}`,
  `   1: 00000000000000000000000001000000:0CEA 00000000000000000000000000000000:0000 0A ${rest}`,
  `   2: 0000000000000000FFFF00000301000A:1F40 00000000000000000000000000000000:0000 0A ${rest}`,
  '',
].join('\n')

describe('parseListeningPorts', () => {
  it('reads what waits for connections, and who can reach it', () => {
    expect(parseListeningPorts(text)).toEqual([
      { address: '10.0.1.3', port: 22, reach: 'one' },
      { address: '0.0.0.0', port: 80, reach: 'all' },
      { address: '::', port: 443, reach: 'all' },
      { address: '::1', port: 3306, reach: 'loopback' },
      { address: '10.0.1.3', port: 8000, reach: 'one' },
      { address: '127.0.0.1', port: 8080, reach: 'loopback' },
      // The engine's own name server.
      { address: '127.0.0.11', port: 41_921, reach: 'loopback' },
    ])
  })

  it.each(['', 'cat: not found', '0: zz:0050 0:0 0A x', '   0: 00000000:0050 00000000:0000 06 x'])(
    'finds nothing in %j',
    (other) => {
      expect(parseListeningPorts(other)).toEqual([])
    },
  )
})

describe('listeningReport', () => {
  const ports = [
    { privatePort: 80, protocol: 'tcp' as const },
    { privatePort: 80, protocol: 'tcp' as const, publicPort: 8080 },
    { privatePort: 8080, protocol: 'tcp' as const },
    { privatePort: 53, protocol: 'udp' as const },
  ]

  it('has a line for each port, and names what is exposed in vain', () => {
    const report = listeningReport({ name: 'web_1', ports }, 'tolkewitz', parseListeningPorts(text))
    expect(report).toContain('# What listens in web\\_1 at tolkewitz')
    expect(report).toMatch(/\| 80 +\| `0\.0\.0\.0` +\| every container on its networks/)
    expect(report).toMatch(/\| 8080 +\| `127\.0\.0\.1` +\| only the container itself/)
    // 8080 listens on loopback only: for the others that is as good as not at all.
    expect(report).toContain('**The image exposes 8080/tcp, but no other container can connect there.**')
  })

  it('says that nothing listens', () => {
    const report = listeningReport({ name: 'web', ports: [] }, 'tolkewitz', [])
    expect(report).toContain('Nothing waits for TCP connections.')
    expect(report).not.toContain('exposes')
  })
})
