CREATE FUNCTION audit_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'audit lines stay'; END $$;
CREATE TABLE alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE article (
    id integer NOT NULL,
    manuscript_id integer,
    issue_id integer,
    page_id integer,
    place integer NOT NULL,
    text text NOT NULL,
    headline text NOT NULL,
    authors text NOT NULL,
    characters integer NOT NULL,
    form text NOT NULL,
    findings integer NOT NULL,
    version integer NOT NULL,
    made timestamp without time zone NOT NULL,
    changed timestamp without time zone NOT NULL
);
CREATE SEQUENCE article_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE article_id_seq OWNED BY article.id;
CREATE TABLE audit (
    id integer NOT NULL,
    "time" timestamp without time zone NOT NULL,
    author text NOT NULL,
    reason text NOT NULL,
    subject text NOT NULL,
    digest text NOT NULL,
    hash text NOT NULL,
    version integer NOT NULL
);
CREATE SEQUENCE audit_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE audit_id_seq OWNED BY audit.id;
CREATE TABLE change_log (
    id integer NOT NULL,
    "time" timestamp without time zone NOT NULL,
    author text NOT NULL,
    reason text NOT NULL,
    article_id integer,
    page_id integer,
    version integer NOT NULL,
    change text NOT NULL,
    inverse text NOT NULL
);
CREATE SEQUENCE change_log_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE change_log_id_seq OWNED BY change_log.id;
CREATE TABLE chars (
    id integer NOT NULL,
    tokens tsvector NOT NULL
);
CREATE TABLE entity (
    id integer NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    parent text NOT NULL,
    note text NOT NULL,
    confirmed boolean NOT NULL,
    version integer NOT NULL,
    made timestamp without time zone NOT NULL,
    changed timestamp without time zone NOT NULL
);
CREATE TABLE entity_alias (
    id integer NOT NULL,
    entity_id integer NOT NULL,
    alias text NOT NULL
);
CREATE SEQUENCE entity_alias_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE entity_alias_id_seq OWNED BY entity_alias.id;
CREATE SEQUENCE entity_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE entity_id_seq OWNED BY entity.id;
CREATE TABLE entity_office (
    id integer NOT NULL,
    entity_id integer NOT NULL,
    "position" text NOT NULL,
    organisation text NOT NULL,
    since date,
    until date
);
CREATE SEQUENCE entity_office_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE entity_office_id_seq OWNED BY entity_office.id;
CREATE TABLE export_log (
    id integer NOT NULL,
    issue_id integer NOT NULL,
    "time" timestamp without time zone NOT NULL,
    author text NOT NULL,
    preset text NOT NULL,
    file text NOT NULL,
    sha256 text NOT NULL,
    size integer NOT NULL
);
CREATE SEQUENCE export_log_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE export_log_id_seq OWNED BY export_log.id;
CREATE TABLE house_word (
    id integer NOT NULL,
    key text NOT NULL,
    reason text NOT NULL,
    author text NOT NULL,
    "time" timestamp without time zone NOT NULL
);
CREATE SEQUENCE house_word_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE house_word_id_seq OWNED BY house_word.id;
CREATE TABLE issue (
    id integer NOT NULL,
    publication_id integer NOT NULL,
    date date NOT NULL,
    total_number integer,
    sample boolean NOT NULL,
    version integer NOT NULL,
    made timestamp without time zone NOT NULL,
    changed timestamp without time zone NOT NULL
);
CREATE SEQUENCE issue_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE issue_id_seq OWNED BY issue.id;
CREATE TABLE manuscript (
    id integer NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    raw bytea NOT NULL,
    sha256 text NOT NULL,
    encoding text NOT NULL,
    arrived timestamp without time zone NOT NULL
);
CREATE SEQUENCE manuscript_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE manuscript_id_seq OWNED BY manuscript.id;
CREATE TABLE mention (
    id integer NOT NULL,
    article_id integer NOT NULL,
    entity_id integer,
    start integer NOT NULL,
    data text NOT NULL
);
CREATE SEQUENCE mention_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE mention_id_seq OWNED BY mention.id;
CREATE TABLE page (
    id integer NOT NULL,
    issue_id integer NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    plan text NOT NULL,
    plan_schema integer NOT NULL,
    figures_of text NOT NULL,
    overset_lines integer NOT NULL,
    empty_lines integer NOT NULL,
    faults integer NOT NULL,
    version integer NOT NULL,
    made timestamp without time zone NOT NULL,
    changed timestamp without time zone NOT NULL
);
CREATE SEQUENCE page_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE page_id_seq OWNED BY page.id;
CREATE TABLE picture (
    id integer NOT NULL,
    name text NOT NULL,
    raw bytea NOT NULL,
    sha256 text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    caption text NOT NULL,
    credit text NOT NULL,
    made timestamp without time zone NOT NULL,
    changed timestamp without time zone NOT NULL
);
CREATE SEQUENCE picture_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE picture_id_seq OWNED BY picture.id;
CREATE TABLE publication (
    id integer NOT NULL,
    name text NOT NULL,
    data text NOT NULL,
    version integer NOT NULL,
    made timestamp without time zone NOT NULL,
    changed timestamp without time zone NOT NULL
);
CREATE SEQUENCE publication_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE publication_id_seq OWNED BY publication.id;
CREATE TABLE revision (
    id integer NOT NULL,
    article_id integer NOT NULL,
    number integer NOT NULL,
    text text NOT NULL,
    characters integer NOT NULL,
    author text NOT NULL,
    reason text NOT NULL,
    began timestamp without time zone NOT NULL,
    "time" timestamp without time zone NOT NULL,
    base integer NOT NULL
);
CREATE SEQUENCE revision_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE revision_id_seq OWNED BY revision.id;
CREATE TABLE settled_finding (
    id integer NOT NULL,
    article_id integer NOT NULL,
    key text NOT NULL,
    how text NOT NULL,
    author text NOT NULL,
    reason text NOT NULL,
    "time" timestamp without time zone NOT NULL
);
CREATE SEQUENCE settled_finding_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE settled_finding_id_seq OWNED BY settled_finding.id;
CREATE TABLE waiver (
    id integer NOT NULL,
    article_id integer NOT NULL,
    key text NOT NULL,
    scope text NOT NULL,
    reason text NOT NULL,
    start integer NOT NULL
);
CREATE SEQUENCE waiver_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE waiver_id_seq OWNED BY waiver.id;
ALTER TABLE ONLY article ALTER COLUMN id SET DEFAULT nextval('article_id_seq'::regclass);
ALTER TABLE ONLY audit ALTER COLUMN id SET DEFAULT nextval('audit_id_seq'::regclass);
ALTER TABLE ONLY change_log ALTER COLUMN id SET DEFAULT nextval('change_log_id_seq'::regclass);
ALTER TABLE ONLY entity ALTER COLUMN id SET DEFAULT nextval('entity_id_seq'::regclass);
ALTER TABLE ONLY entity_alias ALTER COLUMN id SET DEFAULT nextval('entity_alias_id_seq'::regclass);
ALTER TABLE ONLY entity_office ALTER COLUMN id SET DEFAULT nextval('entity_office_id_seq'::regclass);
ALTER TABLE ONLY export_log ALTER COLUMN id SET DEFAULT nextval('export_log_id_seq'::regclass);
ALTER TABLE ONLY house_word ALTER COLUMN id SET DEFAULT nextval('house_word_id_seq'::regclass);
ALTER TABLE ONLY issue ALTER COLUMN id SET DEFAULT nextval('issue_id_seq'::regclass);
ALTER TABLE ONLY manuscript ALTER COLUMN id SET DEFAULT nextval('manuscript_id_seq'::regclass);
ALTER TABLE ONLY mention ALTER COLUMN id SET DEFAULT nextval('mention_id_seq'::regclass);
ALTER TABLE ONLY page ALTER COLUMN id SET DEFAULT nextval('page_id_seq'::regclass);
ALTER TABLE ONLY picture ALTER COLUMN id SET DEFAULT nextval('picture_id_seq'::regclass);
ALTER TABLE ONLY publication ALTER COLUMN id SET DEFAULT nextval('publication_id_seq'::regclass);
ALTER TABLE ONLY revision ALTER COLUMN id SET DEFAULT nextval('revision_id_seq'::regclass);
ALTER TABLE ONLY settled_finding ALTER COLUMN id SET DEFAULT nextval('settled_finding_id_seq'::regclass);
ALTER TABLE ONLY waiver ALTER COLUMN id SET DEFAULT nextval('waiver_id_seq'::regclass);
INSERT INTO alembic_version VALUES ('0003');
INSERT INTO article VALUES (1, 1, 1, 1, 1, '{"headline":"澜江大桥合龙","dateline":"本报讯（记者 白鹭）","body":[{"text":"澜江大桥昨日合拢，王 芳出席。"},{"text":"船坞旧址“甲”\\乙同日开放。"}],"signature":"本报记者 文","bylines":[{"role":"记者","name":"白鹭"}]}', '澜江大桥合龙', '["白鹭"]', 1, 'news', 1, 2, '2026-03-09 08:30:00', '2026-03-09 08:30:00');
INSERT INTO article VALUES (2, 2, 2, NULL, 2, '{"headline":"柳浦渔汛","body":[{"text":"柳浦今春渔汛早了十日。"}]}', '柳浦渔汛', '[]', 2, 'news', 2, 1, '2026-03-09 08:31:00', '2026-03-09 08:31:00');
INSERT INTO audit VALUES (1, '2026-03-09 08:30:00', 'audit author 1', 'audit reason 1', 'article 1', '8aba789dfcd671dde4f9a0d5e7108aab53f10b935ecc09b8ee466dca5b40b331', '6aabafcf9c136ccfca3623f3b094d5693d2ea2bb4a1260668230b6f73565ed2b', 1);
INSERT INTO audit VALUES (2, '2026-03-09 08:31:00', 'audit author 2', 'audit reason 2', 'page 1', '0621a1c111cfd4554a172d9ecd490a9a8d6e4e66e0f444491b716fb1d00ab1b9', '0b7fa52eafc4753e51625a9f91389eda0ba8ad3c7a6b87f7aafaf70a184df29a', 2);
INSERT INTO change_log VALUES (1, '2026-03-09 08:30:00', 'change_log author 1', 'change_log reason 1', 1, NULL, 2, '{"is":"EditArticle","article":1,"text":{"headline":"澜江大桥合龙","dateline":"本报讯（记者 白鹭）","body":[{"text":"澜江大桥昨日合拢，王 芳出席。"},{"text":"船坞旧址“甲”\\乙同日开放。"}],"signature":"本报记者 文","bylines":[{"role":"记者","name":"白鹭"}]},"version":1}', '{"is":"EditArticle","article":1,"text":{"headline":"澜江大桥合拢","dateline":"本报讯（记者 白鹭）","body":[{"text":"澜江大桥昨日合拢，王 芳出席。"},{"text":"船坞旧址“甲”\\乙同日开放。"}],"bylines":[{"role":"记者","name":"白鹭"}]},"version":2}');
INSERT INTO change_log VALUES (2, '2026-03-09 08:31:00', 'change_log author 2', 'change_log reason 2', 1, NULL, 3, '{"is":"EditArticle","article":1,"text":{"headline":"澜江大桥合龙","dateline":"本报讯（记者 白鹭）","body":[{"text":"澜江大桥昨日合拢，王 芳出席。"},{"text":"船坞旧址“甲”\\乙同日开放。"}],"signature":"本报记者 文","bylines":[{"role":"记者","name":"白鹭"}]},"version":1}', '{"is":"EditArticle","article":1,"text":{"headline":"澜江大桥合拢","dateline":"本报讯（记者 白鹭）","body":[{"text":"澜江大桥昨日合拢，王 芳出席。"},{"text":"船坞旧址“甲”\\乙同日开放。"}],"bylines":[{"role":"记者","name":"白鹭"}]},"version":2}');
INSERT INTO chars VALUES (1, '''1md'' ''51l'' ''5g6'' ''5qh'' ''6h9'' ''7ca'' ''8ge'' ''a92'' ''aok'' ''bhj'' ''bsh'' ''cuq'' ''e9h'' ''fc3'' ''feb'' ''ghr'' ''i8j'' ''kk0'' ''krs'' ''lnb'' ''n26'' ''n58'' ''ntl'' ''nu7'' ''o9a'' ''of0'' ''oio'' ''pgf'' ''pq0'' ''qj9'' ''qk7'' ''qub'' ''ssj'' ''t23'' ''tcl'' ''tl4'' ''tr5'' ''uf9'' ''“'' ''”'' ''。'' ''乙'' ''出'' ''合'' ''同'' ''址'' ''坞'' ''大'' ''席'' ''开'' ''报'' ''拢'' ''放'' ''文'' ''日'' ''旧'' ''昨'' ''本'' ''桥'' ''江'' ''澜'' ''王'' ''甲'' ''白'' ''者'' ''船'' ''芳'' ''讯'' ''记'' ''鹭'' ''龙'' '''' ''（'' ''）'' ''，''');
INSERT INTO chars VALUES (2, '''0fk'' ''1tm'' ''54f'' ''a0c'' ''amj'' ''cst'' ''ihe'' ''k9j'' ''m7t'' ''pjv'' ''vbj'' ''。'' ''了'' ''今'' ''十'' ''日'' ''早'' ''春'' ''柳'' ''汛'' ''浦'' ''渔''');
INSERT INTO entity VALUES (1, 'person', '王芳', 'entity parent 1', 'entity note 1', false, 1, '2026-03-09 08:30:00', '2026-03-09 08:30:00');
INSERT INTO entity VALUES (2, 'place', '澜江大桥', 'entity parent 2', 'entity note 2', true, 2, '2026-03-09 08:31:00', '2026-03-09 08:31:00');
INSERT INTO entity_alias VALUES (1, 1, 'entity_alias alias 1');
INSERT INTO entity_alias VALUES (2, 2, 'entity_alias alias 2');
INSERT INTO entity_office VALUES (1, 1, 'entity_office position 1', 'entity_office organisation 1', '2026-03-09', '2026-03-09');
INSERT INTO entity_office VALUES (2, 2, 'entity_office position 2', 'entity_office organisation 2', '2026-03-10', '2026-03-10');
INSERT INTO export_log VALUES (1, 1, '2026-03-09 08:30:00', 'export_log author 1', 'export_log preset 1', 'export_log file 1', 'export_log sha256 1', 1);
INSERT INTO export_log VALUES (2, 2, '2026-03-09 08:31:00', 'export_log author 2', 'export_log preset 2', 'export_log file 2', 'export_log sha256 2', 2);
INSERT INTO house_word VALUES (1, 'house_word key 1', 'house_word reason 1', 'house_word author 1', '2026-03-09 08:30:00');
INSERT INTO house_word VALUES (2, 'house_word key 2', 'house_word reason 2', 'house_word author 2', '2026-03-09 08:31:00');
INSERT INTO issue VALUES (1, 1, '2026-03-09', 1, false, 1, '2026-03-09 08:30:00', '2026-03-09 08:30:00');
INSERT INTO issue VALUES (2, 1, '2026-03-10', 2, true, 2, '2026-03-09 08:31:00', '2026-03-09 08:31:00');
INSERT INTO manuscript VALUES (1, 'manuscript name 1', 'text', '\xc0bdbdadb4f3c7c5bacfc1fa0a0aa1a1a1a1b1beb1a8d1b6a3a8bcc7d5df20b0d7f0d8a3a9c0bdbdadb4f3c7c5d7f2c8d5bacfc1faa1a3', '6d285f63527e75a5ffdc23d6e362aa2c1a77321e9f853d3894f2b44844b19e63', 'gb18030', '2026-03-09 08:30:00');
INSERT INTO manuscript VALUES (2, 'manuscript name 2', 'text', '\xc0bdbdadb4f3c7c5bacfc1fa0a0aa1a1a1a1b1be', 'd0c6bfc887ed0c9f84b24f29615732be41cad26628962006f2f6acd5add971bf', 'gb18030', '2026-03-09 08:31:00');
INSERT INTO mention VALUES (1, 1, 1, 20, '{"start":20,"end":23,"text":"澜江桥","kind":"place","name":"澜江大桥"}');
INSERT INTO mention VALUES (2, 1, 2, 20, '{"start":20,"end":23,"text":"澜江桥","kind":"place","name":"澜江大桥"}');
INSERT INTO page VALUES (1, 1, 1, 'page name 1', '{"number":1,"template":"tabloid","name":"要闻","frames":[{"article":1,"column":0,"row":0,"columns":3,"rows":20,"heading":{"size":28.0}}]}', 1, 'page figures_of 1', 1, 1, 1, 1, '2026-03-09 08:30:00', '2026-03-09 08:30:00');
INSERT INTO page VALUES (2, 1, 2, 'page name 2', '{"number":2,"template":"tabloid"}', 1, 'page figures_of 2', 2, 2, 2, 2, '2026-03-09 08:31:00', '2026-03-09 08:31:00');
INSERT INTO picture VALUES (1, 'picture name 1', '\x000102ff', 'picture sha256 1', 1, 1, 'picture caption 1', 'picture credit 1', '2026-03-09 08:30:00', '2026-03-09 08:30:00');
INSERT INTO picture VALUES (2, 'picture name 2', '\x010102ff', 'picture sha256 2', 2, 2, 'picture caption 2', 'picture credit 2', '2026-03-09 08:31:00', '2026-03-09 08:31:00');
INSERT INTO publication VALUES (1, '澜江晨报', '{"name":"澜江晨报"}', 1, '2026-03-09 08:30:00', '2026-03-09 08:30:00');
INSERT INTO publication VALUES (2, '柳浦日报', '{"name":"柳浦日报"}', 2, '2026-03-09 08:31:00', '2026-03-09 08:31:00');
INSERT INTO revision VALUES (1, 1, 0, '{"headline":"澜江大桥合拢","dateline":"本报讯（记者 白鹭）","body":[{"text":"澜江大桥昨日合拢，王 芳出席。"},{"text":"船坞旧址“甲”\\乙同日开放。"}],"bylines":[{"role":"记者","name":"白鹭"}]}', 1, 'revision author 1', 'revision reason 1', '2026-03-09 08:30:00', '2026-03-09 08:30:00', -1);
INSERT INTO revision VALUES (2, 1, 1, '[[18,22,"龙\",\""],[105,107,"}],\"signature\":\"本报记者 文\""]]', 2, 'revision author 2', 'revision reason 2', '2026-03-09 08:31:00', '2026-03-09 08:31:00', 0);
INSERT INTO settled_finding VALUES (1, 1, 'settled_finding key 1', 'fixed', 'settled_finding author 1', 'settled_finding reason 1', '2026-03-09 08:30:00');
INSERT INTO settled_finding VALUES (2, 2, 'settled_finding key 2', 'waived', 'settled_finding author 2', 'settled_finding reason 2', '2026-03-09 08:31:00');
INSERT INTO waiver VALUES (1, 1, 'waiver key 1', 'article', 'waiver reason 1', 1);
INSERT INTO waiver VALUES (2, 2, 'waiver key 2', 'here', 'waiver reason 2', 2);
SELECT pg_catalog.setval('article_id_seq', 2, true);
SELECT pg_catalog.setval('audit_id_seq', 2, true);
SELECT pg_catalog.setval('change_log_id_seq', 2, true);
SELECT pg_catalog.setval('entity_alias_id_seq', 2, true);
SELECT pg_catalog.setval('entity_id_seq', 2, true);
SELECT pg_catalog.setval('entity_office_id_seq', 2, true);
SELECT pg_catalog.setval('export_log_id_seq', 2, true);
SELECT pg_catalog.setval('house_word_id_seq', 2, true);
SELECT pg_catalog.setval('issue_id_seq', 2, true);
SELECT pg_catalog.setval('manuscript_id_seq', 2, true);
SELECT pg_catalog.setval('mention_id_seq', 2, true);
SELECT pg_catalog.setval('page_id_seq', 2, true);
SELECT pg_catalog.setval('picture_id_seq', 2, true);
SELECT pg_catalog.setval('publication_id_seq', 2, true);
SELECT pg_catalog.setval('revision_id_seq', 2, true);
SELECT pg_catalog.setval('settled_finding_id_seq', 2, true);
SELECT pg_catalog.setval('waiver_id_seq', 2, true);
ALTER TABLE ONLY alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY article
    ADD CONSTRAINT pk_article PRIMARY KEY (id);
ALTER TABLE ONLY audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (id);
ALTER TABLE ONLY change_log
    ADD CONSTRAINT pk_change_log PRIMARY KEY (id);
ALTER TABLE ONLY chars
    ADD CONSTRAINT pk_chars PRIMARY KEY (id);
ALTER TABLE ONLY entity
    ADD CONSTRAINT pk_entity PRIMARY KEY (id);
ALTER TABLE ONLY entity_alias
    ADD CONSTRAINT pk_entity_alias PRIMARY KEY (id);
ALTER TABLE ONLY entity_office
    ADD CONSTRAINT pk_entity_office PRIMARY KEY (id);
ALTER TABLE ONLY export_log
    ADD CONSTRAINT pk_export_log PRIMARY KEY (id);
ALTER TABLE ONLY house_word
    ADD CONSTRAINT pk_house_word PRIMARY KEY (id);
ALTER TABLE ONLY issue
    ADD CONSTRAINT pk_issue PRIMARY KEY (id);
ALTER TABLE ONLY manuscript
    ADD CONSTRAINT pk_manuscript PRIMARY KEY (id);
ALTER TABLE ONLY mention
    ADD CONSTRAINT pk_mention PRIMARY KEY (id);
ALTER TABLE ONLY page
    ADD CONSTRAINT pk_page PRIMARY KEY (id);
ALTER TABLE ONLY picture
    ADD CONSTRAINT pk_picture PRIMARY KEY (id);
ALTER TABLE ONLY publication
    ADD CONSTRAINT pk_publication PRIMARY KEY (id);
ALTER TABLE ONLY revision
    ADD CONSTRAINT pk_revision PRIMARY KEY (id);
ALTER TABLE ONLY settled_finding
    ADD CONSTRAINT pk_settled_finding PRIMARY KEY (id);
ALTER TABLE ONLY waiver
    ADD CONSTRAINT pk_waiver PRIMARY KEY (id);
ALTER TABLE ONLY audit
    ADD CONSTRAINT uq_audit_hash UNIQUE (hash);
ALTER TABLE ONLY entity_alias
    ADD CONSTRAINT uq_entity_alias_entity_id_alias UNIQUE (entity_id, alias);
ALTER TABLE ONLY house_word
    ADD CONSTRAINT uq_house_word_key UNIQUE (key);
ALTER TABLE ONLY page
    ADD CONSTRAINT uq_page_issue_id_number UNIQUE (issue_id, number);
ALTER TABLE ONLY revision
    ADD CONSTRAINT uq_revision_article_id_number UNIQUE (article_id, number);
CREATE INDEX ix_article_issue_id ON article USING btree (issue_id);
CREATE INDEX ix_article_manuscript_id ON article USING btree (manuscript_id);
CREATE INDEX ix_article_page_id ON article USING btree (page_id);
CREATE INDEX ix_change_log_article_id_version ON change_log USING btree (article_id, version);
CREATE INDEX ix_change_log_page_id_version ON change_log USING btree (page_id, version);
CREATE INDEX ix_chars_tokens ON chars USING gin (tokens);
CREATE INDEX ix_entity_alias_alias ON entity_alias USING btree (alias);
CREATE INDEX ix_entity_name ON entity USING btree (name);
CREATE INDEX ix_entity_office_entity_id ON entity_office USING btree (entity_id);
CREATE INDEX ix_export_log_issue_id ON export_log USING btree (issue_id);
CREATE INDEX ix_issue_date ON issue USING btree (date);
CREATE INDEX ix_issue_publication_id ON issue USING btree (publication_id);
CREATE INDEX ix_manuscript_sha256 ON manuscript USING btree (sha256);
CREATE INDEX ix_mention_article_id_start ON mention USING btree (article_id, start);
CREATE INDEX ix_mention_entity_id ON mention USING btree (entity_id);
CREATE INDEX ix_page_issue_id ON page USING btree (issue_id);
CREATE INDEX ix_picture_sha256 ON picture USING btree (sha256);
CREATE INDEX ix_publication_name ON publication USING btree (name);
CREATE INDEX ix_settled_finding_article_id ON settled_finding USING btree (article_id);
CREATE INDEX ix_settled_finding_key ON settled_finding USING btree (key);
CREATE INDEX ix_waiver_article_id ON waiver USING btree (article_id);
CREATE TRIGGER audit_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
ALTER TABLE ONLY article
    ADD CONSTRAINT fk_article_issue_id_issue FOREIGN KEY (issue_id) REFERENCES issue(id);
ALTER TABLE ONLY article
    ADD CONSTRAINT fk_article_manuscript_id_manuscript FOREIGN KEY (manuscript_id) REFERENCES manuscript(id);
ALTER TABLE ONLY article
    ADD CONSTRAINT fk_article_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY change_log
    ADD CONSTRAINT fk_change_log_article_id_article FOREIGN KEY (article_id) REFERENCES article(id);
ALTER TABLE ONLY change_log
    ADD CONSTRAINT fk_change_log_page_id_page FOREIGN KEY (page_id) REFERENCES page(id);
ALTER TABLE ONLY chars
    ADD CONSTRAINT fk_chars_id_article FOREIGN KEY (id) REFERENCES article(id);
ALTER TABLE ONLY entity_alias
    ADD CONSTRAINT fk_entity_alias_entity_id_entity FOREIGN KEY (entity_id) REFERENCES entity(id);
ALTER TABLE ONLY entity_office
    ADD CONSTRAINT fk_entity_office_entity_id_entity FOREIGN KEY (entity_id) REFERENCES entity(id);
ALTER TABLE ONLY export_log
    ADD CONSTRAINT fk_export_log_issue_id_issue FOREIGN KEY (issue_id) REFERENCES issue(id);
ALTER TABLE ONLY issue
    ADD CONSTRAINT fk_issue_publication_id_publication FOREIGN KEY (publication_id) REFERENCES publication(id);
ALTER TABLE ONLY mention
    ADD CONSTRAINT fk_mention_article_id_article FOREIGN KEY (article_id) REFERENCES article(id);
ALTER TABLE ONLY mention
    ADD CONSTRAINT fk_mention_entity_id_entity FOREIGN KEY (entity_id) REFERENCES entity(id);
ALTER TABLE ONLY page
    ADD CONSTRAINT fk_page_issue_id_issue FOREIGN KEY (issue_id) REFERENCES issue(id);
ALTER TABLE ONLY revision
    ADD CONSTRAINT fk_revision_article_id_article FOREIGN KEY (article_id) REFERENCES article(id);
ALTER TABLE ONLY settled_finding
    ADD CONSTRAINT fk_settled_finding_article_id_article FOREIGN KEY (article_id) REFERENCES article(id);
ALTER TABLE ONLY waiver
    ADD CONSTRAINT fk_waiver_article_id_article FOREIGN KEY (article_id) REFERENCES article(id);
