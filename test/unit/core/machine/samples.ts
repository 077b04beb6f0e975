/** A machine's `config.json` as docker-machine writes it, cut down to what is read and some of what is not. */
export function aConfigFile(
  over: { readonly driver?: string; readonly Driver?: object; readonly Swarm?: object } = {},
) {
  const { driver = 'generic', Driver = {}, Swarm = {} } = over
  return JSON.stringify({
    ConfigVersion: 3,
    DriverName: driver,
    Driver: {
      IPAddress: '10.98.0.21',
      MachineName: 'master',
      SSHUser: 'root',
      SSHPort: 22,
      SSHKeyPath: '/home/user/.docker/machine/machines/master/id_rsa',
      SwarmMaster: false,
      SwarmHost: '',
      EnginePort: 2376,
      AccessToken: 'not-for-anybody',
      ...Driver,
    },
    HostOptions: {
      EngineOptions: { ArbitraryFlags: ['cluster-store=etcd://10.98.0.1:2379/dm'], Labels: ['site=master'], Dns: null },
      SwarmOptions: {
        ...{ IsSwarm: false, Discovery: '', Agent: false, Master: false, Host: 'tcp://0.0.0.0:3376' },
        ...Swarm,
      },
    },
    Name: 'master',
  })
}

export const aMaster = { IsSwarm: true, Discovery: 'etcd://10.98.0.1:2379/dmswarm', Agent: true, Master: true }
