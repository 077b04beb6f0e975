import { portsToAsk } from '../probe-ports'
import type { ProbeOutput } from '../parse-probe'
import { asksHttp, type ProbeTarget } from '../probe-script'
import type { Check, CheckKind, Peer } from '../types'
import { httpCheck } from './http-check'
import { icmpCheck } from './icmp-check'
import { mtuCheck } from './mtu-check'
import { isResolverAlive } from './name-answer'
import { nameCheck, withHostsFile } from './name-check'
import { addressCheck, tcpCheck } from './port-check'

/** A script's output, and why it was not heard to the end. */
export interface HeardOutput extends ProbeOutput {
  readonly interruption?: string
}

/** All checks of one target, in their fixed order; what the script did not get to is not tested, and says so. */
export function checksOfTarget(target: ProbeTarget, to: Peer, output: HeardOutput): readonly Check[] {
  const own = output.lines.filter(({ index }) => index === target.index)
  const find = (kind: CheckKind, port?: number) => own.find((line) => line.kind === kind && line.port === port)
  const address = own.find(({ kind }) => kind === 'address')
  const missing = (kind: CheckKind, port?: number) => missingCheck(output, kind, port)

  const checks: Check[] = [{ kind: 'target', result: 'pass', observation: 'ok', detail: `${to.container} is running` }]
  const name = find('name')
  if (target.name === undefined)
    checks.push(skipped('name', `The name ${to.container} is not asked for on this network`))
  else
    checks.push(
      name
        ? withHostsFile(nameCheck(name, { ...to, container: target.name }, isResolverAlive(output.lines)), {
            hosts: own.find(({ kind }) => kind === 'hosts'),
            dns: own.find(({ kind }) => kind === 'dns'),
          })
        : missing('name'),
    )
  if (target.address === undefined)
    return [...checks, skipped('icmp', `The address of ${to.container} is not known yet`)]

  const icmp = find('icmp')
  checks.push(icmp ? icmpCheck(icmp) : missing('icmp'))
  const mtu = find('mtu')
  const size = mtu && mtuCheck(mtu)
  if (size) checks.push(size)
  if (address) checks.push(addressCheck(address))
  for (const port of target.ports) {
    const tcp = find('tcp', port)
    const check = tcp ? tcpCheck({ ...tcp, port }) : missing('tcp', port)
    checks.push(check)
    if (check.result !== 'pass' || !asksHttp(target, port)) continue
    const http = find('http', port)
    checks.push(http ? httpCheck({ ...http, port }) : missing('http', port))
  }
  const more = portsToAsk(to).length - target.ports.length
  if (more > 0) checks.push(skipped('tcp', `${more} more exposed TCP ports are not tested`))
  return checks
}

/** A check that the script said nothing about, with the reason. */
export function missingCheck({ isComplete, interruption }: HeardOutput, kind: CheckKind, port?: number): Check {
  const why = interruption ?? (isComplete ? 'The probe said nothing about it' : 'The probe ran out of time')
  return { ...skipped(kind, why), ...(port !== undefined && { port }) }
}

/** A check that was not asked for. */
export function skipped(kind: CheckKind, detail: string): Check {
  return { kind, result: 'not-tested', observation: 'skipped', detail }
}
