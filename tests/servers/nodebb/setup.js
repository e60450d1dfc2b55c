// Installs the NodeBB in the folder argv[2] with the settings, members and topics of the file argv[3]. What NodeBB's own
// setup does, but for the style sheets and scripts of its pages, which take longest and are not asked for here.
'use strict'

const { readFileSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { promisify } = require('node:util')

const [app, file] = process.argv.slice(2)
const wanted = JSON.parse(readFileSync(file, 'utf8'))
const from = createRequire(`${app}/app.js`)
const nconf = from('nconf')
const settings = () => {
  nconf.file({ file: `${app}/config.json` })
  nconf.defaults({
    base_dir: app,
    themes_path: `${app}/node_modules`,
    views_dir: `${app}/public/templates`,
    core_templates_path: `${app}/src/views`,
    base_templates_path: `${app}/node_modules/nodebb-theme-persona/templates`,
    version: from('./package.json').version,
    upload_path: '/public/uploads',
    isPrimary: 'true',
    isCluster: 'false',
  })
}
const call = (owner, name, ...values) => promisify(owner[name].bind(owner))(...values)

async function main() {
  process.chdir(app)
  nconf.overrides({ setup: JSON.stringify(wanted.setup) })
  settings()
  await call(from('./src/install'), 'setup')
  settings()
  writeFileSync(`${app}/config.json`, JSON.stringify({ ...JSON.parse(readFileSync(`${app}/config.json`)), ...wanted.config }))
  const database = from('./src/database')
  // These two ask for pictures on the web when they start.
  await call(database, 'sortedSetRemove', 'plugins:active', 'nodebb-plugin-emoji-one')
  await call(database, 'sortedSetRemove', 'plugins:active', 'nodebb-plugin-emoji-extended')
  const meta = from('./src/meta')
  await call(meta.configs, 'setMultiple', wanted.meta)
  Object.assign(meta.config, { initialPostDelay: 0, postDelay: 0, newbiePostDelay: 0 })
  await fill(from('./src/user'), from('./src/topics'))
  await call(meta.themes, 'setupPaths')
  await call(from('./src/plugins'), 'prepareForBuild')
  await call(from('./build'), 'buildTargets', ['tpl'])
  for (const sheet of ['stylesheet.css', 'admin.css']) writeFileSync(`${app}/public/${sheet}`, '')
}

async function fill(users, topics) {
  await call(topics, 'purgePostsAndTopic', 1, 1) // NodeBB's own greeting
  const numbers = { admin: 1 }
  for (const username of wanted.members) numbers[username] = await call(users, 'create', { username })
  for (const topic of wanted.topics) {
    const post = { uid: numbers[topic.by], cid: topic.category, title: topic.title, content: topic.text }
    const { topicData } = await call(topics, 'post', { ...post, timestamp: Date.parse(topic.at) })
    for (const reply of topic.replies) {
      const answer = { uid: numbers[reply.by], tid: topicData.tid, content: reply.text }
      await call(topics, 'reply', { ...answer, timestamp: Date.parse(reply.at) })
    }
  }
}

main().then(() => process.exit(0), (error) => {
  console.error(error)
  process.exit(1)
})
