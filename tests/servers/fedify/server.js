// A server of the fediverse: its origin, its port and the file with its accounts are the three arguments.
import { readFileSync } from 'node:fs'
import { Announce, Create, Image, MemoryKvStore, Note, PropertyValue, Service, createFederation } from '@fedify/fedify'
import { serve } from '@hono/node-server'
import { Temporal } from '@js-temporal/polyfill'

const [origin, port, file] = process.argv.slice(2)
const accounts = new Map(JSON.parse(readFileSync(file, 'utf8')).map((account) => [account.handle, account]))
const federation = createFederation({ kv: new MemoryKvStore(), origin })
const PAGE = 20 // posts
const instant = (text) => Temporal.Instant.from(text)
const urls = (addresses) => addresses.map((address) => new URL(address))

federation.setActorDispatcher('/users/{identifier}', (context, handle) => {
  const account = accounts.get(handle)
  return account ? new Service({
    id: context.getActorUri(handle),
    preferredUsername: handle,
    name: account.name,
    summary: account.summary,
    published: instant(account.created),
    url: new URL(`/@${handle}`, origin),
    icon: new Image({ url: new URL(`/pictures/${handle}.png`, origin), mediaType: 'image/png' }),
    attachments: account.fields.map(([name, value]) => new PropertyValue({ name, value })),
    inbox: context.getInboxUri(handle),
    outbox: context.getOutboxUri(handle),
    followers: context.getFollowersUri(handle),
    following: context.getFollowingUri(handle),
  }) : null
})
federation.setInboxListeners('/users/{identifier}/inbox')
federation
  .setFollowersDispatcher('/users/{identifier}/followers', (_, handle) => ({
    items: accounts.get(handle).followers.map((id) => ({ id: new URL(id), inboxId: null })),
  }))
  .setCounter((_, handle) => accounts.get(handle).followers.length)
federation
  .setFollowingDispatcher('/users/{identifier}/following', (_, handle) => ({ items: urls(accounts.get(handle).following) }))
  .setCounter((_, handle) => accounts.get(handle).following.length)
federation
  .setOutboxDispatcher('/users/{identifier}/outbox', (context, handle, cursor) => {
    const { posts } = accounts.get(handle)
    const [start, end] = cursor === null ? [0, posts.length] : [Number(cursor), Number(cursor) + PAGE]
    return {
      items: posts.slice(start, end).map((post, index) => activity(context, handle, post, start + index)),
      nextCursor: end < posts.length ? String(end) : null,
    }
  })
  .setCounter((_, handle) => accounts.get(handle).posts.length)
  .setFirstCursor(() => '0')
federation.setNodeInfoDispatcher('/nodeinfo/2.1', () => ({
  software: { name: 'finestra-tests', version: { major: 1, minor: 0, patch: 0 } },
  protocols: ['activitypub'],
  usage: { users: { total: accounts.size }, localPosts: 0, localComments: 0 },
}))

function activity(context, handle, post, number) {
  const actor = context.getActorUri(handle)
  const id = new URL(`/users/${handle}/posts/${number}`, origin)
  const published = instant(post.at)
  if (post.repeats) return new Announce({ id: new URL(`${id}#repeat`), actor, object: new URL(post.repeats), published })
  const note = new Note({ id, url: id, attribution: actor, content: post.text, published })
  return new Create({ id: new URL(`${id}#create`), actor, object: note, published })
}

// What stands before this server ends TLS: to Fedify the addresses are those that were asked for there.
function asked(request) {
  const { pathname, search } = new URL(request.url)
  return new Request(new URL(pathname + search, origin), { headers: request.headers })
}

serve({
  hostname: '127.0.0.1',
  port: Number(port),
  fetch: (request) => federation.fetch(asked(request), { contextData: undefined }),
})
