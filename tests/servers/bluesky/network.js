// Bluesky's own network (directory, personal data server, AppView) on loopback: node network.js <AppView port> <folder>
// The development network listens on all addresses; here every server of this process is kept on 127.0.0.1.
const server = require('net').Server.prototype
const listen = server.listen
server.listen = function (where, ...rest) {
  const place = typeof where === 'object' ? where : { port: where }
  return listen.call(this, { ...place, host: '127.0.0.1' }, rest.find((one) => typeof one === 'function'))
}
const fs = require('fs')
const { TestNetwork } = require('@atproto/dev-env')
const [port, folder] = process.argv.slice(2)
TestNetwork.create({ bsky: { port: Number(port), publicUrl: `http://localhost:${port}` } })
  .then((network) => {
    const places = JSON.stringify({ appview: network.bsky.url, pds: network.pds.url })
    fs.writeFileSync(`${folder}/ready.part`, places)
    fs.renameSync(`${folder}/ready.part`, `${folder}/ready.json`)
  })
  .catch((error) => { console.error(error); process.exit(1) })
