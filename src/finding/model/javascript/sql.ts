import { derived, nothing, safeFor } from '../../engine/value.ts'
import { bit } from '../../engine/taint.ts'
import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

// Every driver's connection, pool or client is `sql.Connection`; what is made of it is one again.
const connection: CallModel = { from: 'none', returns: 'sql.Connection' }
const rows: CallModel = { source: 'storage', label: 'a row of the database' }
const text: Sink[] = [sink('sql', 0)]
const escaped: CallModel = { from: 'arguments', returns: 'str', safe: ['sql'] }

const makers = ['mysql.createConnection', 'mysql.createPool', 'pg.Client', 'pg.Pool', 'sqlite3.Database', 'better-sqlite3', 'mssql.connect', 'mssql.ConnectionPool', 'mssql.Request', 'mariadb.createPool', 'mariadb.createConnection', 'oracledb.getConnection', 'tedious.Connection', 'sqlite.open', 'sql.js.Database', 'duckdb.Database', 'node:sqlite.DatabaseSync', 'sqlite.DatabaseSync', 'libsql.createClient', 'serverless-mysql', 'odbc.connect', 'cassandra-driver.Client', '@neondatabase/serverless.Pool', 'promise-mysql.createConnection', 'typeorm.DataSource', 'Sequelize', 'knex', '@prisma/client.PrismaClient', 'pg-promise', 'snowflake-sdk.createConnection', '@google-cloud/bigquery.BigQuery'] // prettier-ignore
const derivedConnections = [
  'getConnection',
  'connect',
  'promise',
  'request',
  'acquire',
  'verbose',
  'createQueryRunner',
  'transaction',
] as const
const queries = ['query', 'execute', 'run', 'all', 'get', 'each', 'exec', 'prepare', 'raw', 'unsafe', 'any', 'one', 'none', 'many', 'oneOrNone', 'manyOrNone', 'batch', 'executeSql', '$queryRawUnsafe', '$executeRawUnsafe', 'whereRaw', 'orWhereRaw', 'havingRaw', 'orderByRaw', 'groupByRaw', 'joinRaw', 'fromRaw', 'selectRaw', 'literal', 'createQueryBuilder'] // prettier-ignore
const prepared = new Set(['prepare'])

/** Methods that say by their name that they take a statement, whatever they are called on. */
const byName = ['query', 'execute', '$queryRawUnsafe', '$executeRawUnsafe', 'whereRaw', 'orWhereRaw', 'havingRaw', 'orderByRaw', 'groupByRaw', 'joinRaw', 'fromRaw', 'raw', 'executeSql', 'prepare', 'where', 'andWhere', 'orWhere', 'having', 'andHaving', 'queryAsync', 'execAsync', 'runAsync', 'allAsync', 'getAsync'] // prettier-ignore

export const sql = defineModel({
  name: 'sql',
  ambient: {
    mysql: 'mysql',
    pg: 'pg',
    sqlite3: 'sqlite3',
    knex: 'knex.instance',
    sequelize: 'sequelize.instance',
    prisma: 'prisma.instance',
    pool: 'sql.pool',
    Sequelize: 'Sequelize',
  },
  aliases: {
    mysql2: 'mysql',
    'mysql2/promise': 'mysql',
    sqlite: 'sqlite',
    'pg.native': 'pg',
    'sequelize.Sequelize': 'Sequelize',
    sequelize: 'Sequelize',
    '@sequelize/core.Sequelize': 'Sequelize',
    'knex.knex': 'knex',
    '@vscode/sqlite3': 'sqlite3',
    'mysql.format': 'sqlstring.format',
    'mysql.escape': 'sqlstring.escape',
    'mysql.escapeId': 'sqlstring.escapeId',
    'pg.escapeLiteral': 'sqlstring.escape',
    'pg.escapeIdentifier': 'sqlstring.escapeId',
  },
  parameters: { 'pg.Pool': 'sql.Connection', 'pg.Client': 'sql.Connection', 'mysql.Connection': 'sql.Connection', 'mysql.Pool': 'sql.Connection', PrismaClient: 'sql.Connection', DataSource: 'sql.Connection', EntityManager: 'sql.Connection' }, // prettier-ignore
  values: {
    'knex.instance': { type: 'sql.Connection' },
    'sequelize.instance': { type: 'sql.Connection' },
    'prisma.instance': { type: 'sql.Connection' },
    'sql.pool': { type: 'sql.Connection' },
    'sql.Connection.manager': { type: 'sql.Connection' },
    'sql.Connection.sequelize': { type: 'sql.Connection' },
  },
  calls: {
    ...Object.fromEntries(makers.map((name) => [name, connection])),
    ...Object.fromEntries(derivedConnections.map((name) => [`sql.Connection.${name}`, connection])),
    ...Object.fromEntries(
      queries.map((name) => [`sql.Connection.${name}`, prepared.has(name) ? { from: 'none', returns: 'sql.Statement' } : rows]),
    ),
    'sql.Statement.get': rows,
    'sql.Statement.all': rows,
    'sql.Statement.run': rows,
    'sql.Connection.escape': escaped,
    'sql.Connection.escapeId': escaped,
    'sql.Connection.escapeLiteral': escaped,
    'sql.Connection.escapeIdentifier': escaped,
    'sqlstring.escape': escaped,
    'sqlstring.escapeId': escaped,
    'sqlstring.format': { evaluate: ({ positional }) => positional[0] ?? nothing },
    'pg-format': { evaluate: ({ positional }) => positional[0] ?? nothing },
    'pg-format.literal': escaped,
    'pg-format.ident': escaped,
    '*.escapeLiteral': escaped,
    '*.escapeIdentifier': escaped,
    '*.escapeId': escaped,
    'Sequelize.literal': { evaluate: ({ positional }) => ({ ...(positional[0] ?? nothing), type: 'sql.Literal' }) },
    'Sequelize.escape': { evaluate: ({ positional }) => safeFor(derived(positional), bit.sql) },
  },
  sinks: {
    ...Object.fromEntries(queries.map((name) => [`sql.Connection.${name}`, text])),
    ...Object.fromEntries(byName.map((name) => [`*.${name}`, [{ ...sink('sql', 0), variant: 'named' }]])),
    'Sequelize.literal': text,
    '*.literal': [{ ...sink('sql', 0), variant: 'named' }],
    'sqlstring.format': text,
    'Sequelize.query': text,
  },
})
