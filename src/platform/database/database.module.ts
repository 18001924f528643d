import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Config } from '../config/config.js';
import { loadMigrations, migrate } from './migrations.js';

/** PostgreSQL, migrated before anything that injects the `DataSource` is made. */
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
        extra: { connectionTimeoutMillis: 5_000, statement_timeout: 30_000 },
        retryAttempts: 5,
        retryDelay: 1_000,
      }),
      dataSourceFactory: async (options) => {
        const source = await new DataSource(options as DataSourceOptions).initialize();
        await migrate(source);
        return source;
      },
    }),
  ],
})
export class DatabaseModule {}
