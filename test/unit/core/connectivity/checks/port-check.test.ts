import { describe, expect, it } from 'vitest'
import { addressCheck, tcpCheck } from '../../../../../src/core/connectivity/checks/port-check'

const line = (status: number, text: string, ms = 10) => ({ kind: 'tcp', index: 0, port: 80, status, text, ms }) as const
const check = (...args: Parameters<typeof line>) => tcpCheck(line(...args))

/** What the tools said of real ports. */
const refused = [
  ['busybox’ nc', 1, "nc nc: can't connect to remote host (127.0.0.1): Connection refused"],
  ['busybox’ nc -z, silently', 1, 'nc '],
  ['OpenBSD’s nc', 1, 'nc nc: connect to 127.0.0.1 port 22 (tcp) failed: Connection refused'],
  ['traditional nc', 1, 'nc (UNKNOWN) [127.0.0.1] 22 (ssh) : Connection refused'],
  [
    'bash',
    1,
    'bash 127.0.0.1: connect: Connection refused 127.0.0.1: line 1: /dev/tcp/127.0.0.1/22: Connection refused',
  ],
  ['python3', 1, 'python3 [Errno 111] Connection refused'],
  ['perl', 111, 'perl Connection refused'],
  [
    'curl',
    7,
    'curl * Trying 127.0.0.1:22... * connect to 127.0.0.1 port 22 failed: Connection refused connected in 0.000000',
  ],
  [
    'wget',
    1,
    "wget Connecting to 127.0.0.1:22 (127.0.0.1:22) wget: can't connect to remote host (127.0.0.1): Connection refused",
  ],
] as const

const lost = [
  ['busybox’ nc', 1, 'nc nc: timed out', 2_010],
  ['busybox’ nc -z', 1, 'nc nc: 127.66.6.6 (127.66.6.6:80): Connection timed out', 2_010],
  ['OpenBSD’s nc', 1, 'nc nc: connect to 127.66.6.6 port 80 (tcp) timed out: Operation now in progress', 2_010],
  ['ncat', 1, 'nc Ncat: TIMEOUT.', 2_010],
  ['a nc that says nothing', 1, 'nc ', 2_010],
  ['bash, ended', 137, 'bash ', 2_020],
  ['python3', 1, 'python3 timed out', 2_070],
  ['perl', 110, 'perl Connection timed out', 2_070],
  ['curl', 28, 'curl curl: (28) Connection timed out after 2001 milliseconds connected in 0.000000', 2_030],
  [
    'GNU wget, ended',
    137,
    'wget Spider mode enabled. --2026-11-23-- http://127.66.6.6/ Connecting to 127.66.6.6:80...',
    2_060,
  ],
] as const

describe('tcpCheck', () => {
  it('passes where something connected', () => {
    expect(check(0, 'nc 127.0.0.1 (127.0.0.1:80) open')).toEqual({
      kind: 'tcp',
      result: 'pass',
      observation: 'ok',
      port: 80,
      detail: 'TCP port 80: connected',
      ms: 10,
    })
  })

  it.each(refused)('knows a refusal by %s', (_name, status, text) => {
    expect(check(status, text)).toMatchObject({ result: 'fail', observation: 'refused' })
  })

  it.each(lost)('knows silence by %s', (_name, status, text, ms) => {
    expect(check(status, text, ms)).toMatchObject({ result: 'fail', observation: 'lost' })
  })

  it('knows that there is no route', () => {
    expect(check(1, "nc nc: can't connect to remote host (10.0.1.2): No route to host")).toMatchObject({
      result: 'fail',
      observation: 'no-route',
    })
  })

  it.each([
    ['no-tool', 127, 'none '],
    ['no-tool', 126, 'nc '],
    ['denied', 1, 'bash connect: Operation not permitted'],
    ['unreadable', 137, 'wget Connecting to 127.0.0.1:18081 (127.0.0.1:18081)'],
    ['unreadable', 3, 'python3 Illegal instruction'],
  ])('is not tested with the observation %s', (observation, status, text) => {
    expect(check(status, text, 2_000)).toMatchObject({ result: 'not-tested', observation })
  })
})

describe('addressCheck', () => {
  it('takes a refusal for an answer', () => {
    expect(addressCheck(line(1, 'nc Connection refused'))).toMatchObject({
      kind: 'address',
      result: 'pass',
      observation: 'ok',
    })
    expect(addressCheck(line(0, 'nc '))).toMatchObject({ result: 'pass' })
  })

  it('fails on silence, and is not tested without a tool', () => {
    expect(addressCheck(line(1, 'nc nc: timed out', 2_000))).toMatchObject({ result: 'fail', observation: 'lost' })
    expect(addressCheck(line(127, 'none '))).toMatchObject({ result: 'not-tested', observation: 'no-tool' })
  })
})
