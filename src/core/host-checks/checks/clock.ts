import { failed, notTested, ok, type HostCheck } from '../host-check'
import { clocksOf, worthAWordMs } from '../clocks'

/** Whether a host's clock agrees with the others'. */
export const clock: HostCheck = {
  id: 'clock',
  title: 'Clock',
  judge(host, { reading }) {
    const { told, reference, isOurs } = clocksOf(reading)
    const own = told.find(({ host: { hostId } }) => hostId === host.hostId)
    if (own === undefined) return notTested('Its engine does not date its answers.')
    const ms = own.ms - reference
    const what = isOurs ? 'this machine' : 'the other hosts'
    if (Math.abs(ms) <= worthAWordMs) return ok(`It agrees with ${what} to within a minute.`)
    return failed(`It is ${Math.round(Math.abs(ms) / 1_000)} seconds ${ms > 0 ? 'ahead of' : 'behind'} ${what}.`)
  },
}
