import type { FactRule } from './fact-rule'

/** The kernel forwards nothing: containers reach no other network, and published ports lead nowhere. Overlays still work. */
export const ipForwardOff: FactRule<'ip-forward-off'> = {
  cause: 'ip-forward-off',
  find: ({ facts }) => {
    if (facts.kernel.ipForward !== false) return []
    return [
      {
        cause: 'ip-forward-off',
        title: 'IPv4 forwarding is off: containers reach nothing outside, and published ports are dead',
        severity: 'warning',
        evidence: ['net.ipv4.ip_forward is 0.'],
        remedy: 'Set net.ipv4.ip_forward=1 with sysctl, and in /etc/sysctl.d so that it stays.',
        byHand: ['sysctl -w net.ipv4.ip_forward=1', 'echo net.ipv4.ip_forward = 1 >/etc/sysctl.d/90-ip-forward.conf'],
        details: { sysctl: 'net.ipv4.ip_forward' },
      },
    ]
  },
}
