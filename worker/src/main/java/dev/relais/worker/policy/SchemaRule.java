package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.workspace.TextChange;

/** A structuring change of a database: a new engine or mapper, a migration, a table or its mapping. */
final class SchemaRule {
    private static final Pattern ENGINE_DEPENDENCY = Pattern.compile(
            "^(?:pg|pg-promise|postgres|mysql2?|mariadb|mongodb|mongoose|redis|ioredis|sqlite3|better-sqlite3|cassandra-driver|neo4j-driver|neo4j|@elastic/elasticsearch|@opensearch-project/.*"
                    + "|prisma|@prisma/client|typeorm|@nestjs/typeorm|@nestjs/mongoose|sequelize|drizzle-orm|knex|kysely|@mikro-orm/.*|sqlalchemy|sqlmodel|tortoise-orm|psycopg2?(?:-binary)?|asyncpg|pymongo|motor|beanie|aioredis|elasticsearch|clickhouse.*|influxdb.*|aiosqlite|alembic"
                    + "|@aws-sdk/client-dynamodb|dynamodb.*|pymysql|mysqlclient|mysql-connector.*|postgresql|mongo-java-driver|mongodb-driver.*|jooq|flyway.*|liquibase.*|spring-boot-starter-data-.*|hibernate.*|gorm\\.io/.*|github\\.com/(?:jackc/pgx|lib/pq|redis/go-redis).*|valkey.*|@valkey/.*|lmdb|level|duckdb)$");
    private static final Pattern IMAGE = Pattern.compile(
            "(?i)image:\\s*[\"']?(?:[\\w./-]+/)?(postgres|postgis|mysql|mariadb|mongo|redis|valkey|elasticsearch|opensearch|cassandra|clickhouse[\\w-]*|influxdb|neo4j|cockroach|timescaledb|sqlserver|mssql)\\b");
    private static final Set<String> MIGRATION_PATH = Set.of("migrations", "migration", "migrate", "alembic", "flyway",
            "liquibase");
    private static final Pattern MIGRATION_NAME = Pattern.compile("(?:^|/)V\\d+(?:[._]\\d+)*__[^/]+\\.sql$");
    private static final Set<String> NO_MIGRATION = Set.of("env.py", "__init__.py", "alembic.ini", "script.py.mako",
            "migration_lock.toml");
    private static final Pattern DDL = Pattern.compile(
            "(?i)\\b(?:CREATE|ALTER|DROP|RENAME|TRUNCATE)\\s+(?:UNIQUE\\s+|OR\\s+REPLACE\\s+|MATERIALIZED\\s+|TEMPORARY\\s+)*(?:TABLE|INDEX|SCHEMA|DATABASE|TYPE|VIEW|SEQUENCE|TRIGGER|EXTENSION|CONSTRAINT|COLUMN)\\b");
    private static final Pattern MAPPING = Pattern.compile(
            "@(?:Entity|Table|Column|PrimaryColumn|PrimaryGeneratedColumn|OneToMany|ManyToOne|ManyToMany|OneToOne|JoinColumn|Index|Document)\\b|\\b__tablename__\\b|\\bmapped_column\\(|=\\s*(?:db\\.|sa\\.)?Column\\(|\\brelationship\\("
                    + "|=\\s*models\\.(?:\\w*Field|ForeignKey)\\b|\\bnew\\s+(?:mongoose\\.)?Schema\\(|\\b(?:pg|mysql|sqlite)Table\\(|\\.define\\(\\s*['\"`][A-Z]|\\bcreateCollection\\(|\\.createTable\\(|\\bcreate_table\\(|\\.createIndex\\(|\\bcreate_index\\(|\\balterTable\\(|\\bdropTable\\(|\\bdrop_table\\(|\\.dropCollection\\(|\\badd_column\\(|\\bdrop_column\\(");
    private static final Pattern MONGOOSE_FIELD = Pattern
            .compile("^\\w+\\s*:\\s*(?:\\{\\s*type\\s*:|String\\b|Number\\b|Date\\b|Boolean\\b|\\[)");

    private SchemaRule() {}

    static List<Watched> in(TextChange change, Language language) {
        var found = new ArrayList<Watched>();
        if (Manifests.isOne(change.path())) {
            Manifests.fresh(change.before(), change.after()).stream()
                    .filter(name -> ENGINE_DEPENDENCY.matches(name.substring(Math.max(0, name.lastIndexOf(':') + 1)))).findFirst()
                    .ifPresent(name -> found.add(watched(change, language.say(Phrase.ENGINE_DEPENDENCY, name))));
            return found;
        }
        FilePlace place = FilePlace.of(change.path());
        if (place == FilePlace.GENERATED || place == FilePlace.PROSE || place == FilePlace.TEST) {
            return List.of();
        }
        engine(change, language, found);
        List<String> lines = CodeLines.changed(change.before(), change.after());
        if (lines.isEmpty()) {
            return found;
        }
        if (isMigration(change.path())) {
            found.add(watched(change, language.say(Phrase.MIGRATION)));
        } else if (any(lines, DDL)) {
            found.add(watched(change, language.say(Phrase.DDL)));
        } else if (change.path().endsWith(".prisma") || any(lines, MAPPING) || isOfSchema(change, lines)) {
            found.add(watched(change, language.say(Phrase.MAPPING)));
        }
        return found;
    }

    private static void engine(TextChange change, Language language, List<Watched> found) {
        Matcher image = IMAGE.matcher(change.after());
        while (image.find()) {
            String engine = image.group(1).toLowerCase(Locale.ROOT);
            if (!change.before().toLowerCase(Locale.ROOT).contains(engine)) {
                found.add(watched(change, language.say(Phrase.ENGINE, engine)));
                return;
            }
        }
    }

    private static boolean isMigration(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String directory = path.substring(0, path.length() - name.length());
        boolean isIn = CodeLines.words(directory).stream().anyMatch(MIGRATION_PATH::contains);
        return (isIn && !NO_MIGRATION.contains(name)) || MIGRATION_NAME.matcher(path).find();
    }

    private static boolean isOfSchema(TextChange change, List<String> lines) {
        return change.after().contains("Schema(") && change.after().contains("mongoose") && any(lines, MONGOOSE_FIELD);
    }

    private static boolean any(List<String> lines, Pattern pattern) {
        return lines.stream().anyMatch(line -> pattern.matcher(line).find());
    }

    private static Watched watched(TextChange change, String what) {
        return new Watched(Watched.Kind.DATABASE, change.path(), what);
    }
}
