import { PlanBuilder } from '../plan-builder'
import { rootCommand, rootScript } from '../host-command'
import { fixOf } from './fix'

const file = '/etc/sysctl.d/90-swarm-networks.conf'

/** Forwarding is switched on, now and at each start: without it containers reach nothing outside of their host. */
export const ipForwardOff = fixOf('ip-forward-off', ({ details: { sysctl } }, situation) => {
  const builder = new PlanBuilder(situation, 'ip-forward-off')
  return [
    builder.plan({
      id: 'ip-forward-off',
      title: `Switch ${sysctl} on, now and at each start of the host`,
      consequences: ['The host forwards packets between its networks from then on.', 'Nothing is restarted.'],
      risk: 'low',
      steps: [
        {
          id: 'switch-on',
          title: `Switch ${sysctl} on`,
          action: rootCommand(['sysctl', '-w', `${sysctl}=1`]),
          check: { title: `${sysctl} is 1`, look: rootScript('[ "$(sysctl -n "$1")" = 1 ]', sysctl) },
          undo: rootCommand(['sysctl', '-w', `${sysctl}=0`]),
        },
        builder.create({
          id: 'at-start',
          title: 'Have it switched on when the host starts',
          path: file,
          text: `${sysctl} = 1\n`,
        }),
      ],
    }),
  ]
})
