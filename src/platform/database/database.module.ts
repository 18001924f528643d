import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Config } from '../config/config.js';
import { tellAbsence } from './database-away.js';
import { DatabaseNews } from './database-news.js';
import { DatabaseWatch } from './database-watch.js';
import { loadMigrations, migrate } from './migrations.js';

/** PostgreSQL, migrated before anything that injects the `DataSource` is made. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: async (config: Config) => ({
        type: 'postgres' as const,
        url: config.databaseUrl,
        applicationName: 'sanling',
        autoLoadEntities: true,
        synchronize: false,
        migrations: await loadMigrations(),
        poolSize: 20,
        // The last: a server that is there and silent must not keep a connection for ever.
        extra: {
          connectionTimeoutMillis: 5_000,
          statement_timeout: 30_000,
          query_timeout: 20_000,
          // Days are the house's, said in each question that is about one.
          options: '-c TimeZone=UTC',
        },
        retryAttempts: 5,
        retryDelay: 1_000,
      }),
      dataSourceFactory: async (options) => {
        const source = await new DataSource(options as DataSourceOptions).initialize();
        await migrate(source);
        return tellAbsence(source);
      },
    }),
  ],
  providers: [DatabaseWatch, DatabaseNews],
  exports: [DatabaseWatch, DatabaseNews],
})
export class DatabaseModule {}
