package dev.relais.worker.workspace;

import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {
    @ParameterizedTest
    @CsvSource({"t-1, t-1", "a.b, a.b", "a..b, a%2E%2Eb", ".a, %2Ea", "a., a%2E", "a.lock, a%2Elock", "a.lock.b, a.lock.b",
            "., %2E",
            ".., %2E%2E", "p/1.2.0-x~2, p%2F1.2.0-x~2"})
    void idsBecomeNamesThatGitAllows(String id, String name) {
        String expected = name.replace("~", "%7E");
        assertThat(PathNames.of(id)).isEqualTo(expected);
        assertThat(Repository.isValidRefName("refs/relais/" + expected + "/1-w")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", ".GIT", ".git%", ".git%%", "git~1", ".git ", ".git.", ".git::$INDEX", "a", ".gitignore",
            "git",
            "x.git", "100%", ".github", ".git%25%", ".git%3A%", "a\\.git", ".git\\a", ".gitmodules", ".GitModules%", "gitmod~1",
            ".git%5C%25%", ".gitattributes", ".mailmap", ".gitignore", ".gitignore%", ".git:%", "%", "%%"})
    void namesThatGitRefusesComeBackFromATree(String name) {
        String written = GitNames.inTree(name);
        assertThat(GitNames.onDisk(written)).isEqualTo(name);
        assertThat(GitNames.isRefused(written)).isFalse();
        assertThat(GitNames.inTree(written).equals(written)).as("no other name is written so").isEqualTo(written.equals(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a/b.git", "https://example.org:8443/a", "ssh://git@example.org/a",
            "ssh://example.org:22/a",
            "git@example.org:a/b.git", "file:///srv/repo.git"})
    void usualRepositoriesAreAllowed(String url) {
        assertThat(RepositoryUrl.check(url)).isEqualTo(new RepositoryUrl.Checked.Allowed(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@example.org/a", "https://secret@example.org/a", "ssh://git:secret@example.org/a",
            "https://example.org/a?token=secret", "https://example.org/a#secret", "ext::sh -c touch%20/tmp/x", "ext::sh",
            "-uexec",
            "--upload-pack=touch", "http://example.org/a", "git://example.org/a", "/srv/repo", "../repo", "file://host/x",
            "file:x",
            "https:///a", "https://-oProxyCommand=x/a", "ssh://-oProxyCommand=x/a", "https://example.org/a b", "fd::17", "", "x",
            "https://example.org/\na", "-oProxyCommand=x:y"})
    void otherRepositoriesAreRefusedWithoutRepeatingASecret(String url) {
        assertThat(RepositoryUrl.check(url)).isInstanceOfSatisfying(RepositoryUrl.Checked.Refused.class,
                refused -> assertThat(refused.reason()).doesNotContain("secret").isNotBlank());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "fatal: unable to access 'https://x/': Could not resolve host: x | AWAY",
            "ssh: connect to host x port 22: Connection refused fatal: Could not read from remote repository. | AWAY",
            "error: RPC failed; HTTP 503 curl 22 The requested URL returned error: 503 | AWAY",
            "fatal: Authentication failed for 'https://x/' | REFUSED",
            "fatal: could not read Username for 'https://x': terminal prompts disabled | REFUSED",
            "! [remote rejected] a -> b (pre-receive hook declined) | REFUSED",
            "remote: error: GH006: Protected branch update failed | REFUSED",
            "git@x: Permission denied (publickey). fatal: Could not read from remote repository. | REFUSED",
            "fatal: unable to access 'https://x/': The requested URL returned error: 403 | REFUSED",
            "fatal: '/x' does not appear to be a git repository | MISSING",
            "remote: Repository not found. | MISSING",
            "fatal: bad object | OTHER"})
    void gitsComplaintsAreSorted(String complaint, GitFailureRule.Failure failure) {
        assertThat(GitFailureRule.of(complaint)).isEqualTo(failure);
    }
}
