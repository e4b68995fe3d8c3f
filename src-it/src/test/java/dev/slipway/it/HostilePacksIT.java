package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pushes that a git client would not make: nothing is built, no ref moves, nothing stays. A16. */
final class HostilePacksIT {
  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Server server;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static String app;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Repository repository;

  @BeforeAll
  static void start() {
    server = Server.launch();
    app = server.newApp("packs");
    repository = Repository.of(server, app);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void treesThatWriteIntoGitsOwnFolderOrOutOfTheTreeAreRefused() {
    for (String name : List.of(".git", ".GIT", "..", ".", "git~1", ".gi\u200ct")) {
      assertThat(push(treeWith(name, blob("x"), "100644")).all())
          .as(name)
          .containsAnyOf("remote unpack failed", "unpacker error", "index-pack abnormal exit");
    }
    assertNothingStays();
  }

  @Test
  void gitmodulesThatAreOptionsOrLinksAreRefused() {
    for (String url : List.of("--upload-pack=id", "-u")) {
      String modules = "[submodule \"a\"]\n\tpath = a\n\turl = " + url + "\n";
      assertThat(push(treeWith(".gitmodules", blob(modules), "100644")).all())
          .as(url)
          .contains("gitmodulesUrl");
    }
    String named = "[submodule \"../../x\"]\n\tpath = a\n\turl = http://example.test/x\n";
    assertThat(push(treeWith(".gitmodules", blob(named), "100644")).all())
        .contains("gitmodulesName");
    assertThat(push(treeWith(".gitmodules", blob("elsewhere"), "120000")).all())
        .contains("gitmodulesSymlink");
    assertNothingStays();
  }

  @Test
  void refNamesThatLeadOutOfTheRepositoryAreRefused() throws IOException {
    String commit = repository.git("rev-parse", "HEAD").succeeded().out().strip();
    byte[] pack = pack(commit);
    for (String ref :
        List.of(
            "refs/heads/../../x",
            "refs/../hooks/pre-receive",
            "refs/heads/a\u0001b",
            "refs/heads/-x/..",
            "refs/heads/x.lock",
            "hooks/pre-receive",
            "refs/slipway/x")) {
      Ran sent = server.ssh(request(commit, ref, pack), "git-receive-pack", "'" + app + "'");
      assertThat(sent.out()).as(ref).contains("ng " + ref);
    }
    assertThat(Server.read(server.root().resolve(app).resolve("hooks/pre-receive")))
        .startsWith("#!/usr/bin/env bash");
    assertNothingStays();
  }

  @Test
  void packsThatAreCutOffOrDamagedAreRefused() throws IOException {
    String commit = repository.git("rev-parse", "HEAD").succeeded().out().strip();
    byte[] pack = pack(commit);
    byte[] damaged = pack.clone();
    damaged[damaged.length / 2] ^= 0x55;
    byte[] half = java.util.Arrays.copyOf(pack, pack.length / 2);
    for (byte[] bad : List.of(half, damaged, new byte[0], "PACK".getBytes(UTF_8))) {
      Ran sent =
          server.ssh(
              request(commit, "refs/heads/master", bad), "git-receive-pack", "'" + app + "'");
      assertThat(sent.out()).doesNotContain("ok refs/heads/master");
    }
    assertNothingStays();
  }

  private static void assertNothingStays() {
    Path root = server.root().resolve(app);
    assertThat(root.resolve("refs/heads/master")).doesNotExist();
    assertThat(server.running(app)).isEmpty();
    try (Stream<Path> objects = Files.walk(root.resolve("objects"))) {
      assertThat(objects.filter(Files::isRegularFile)).isEmpty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String hashed(String type, byte[] content) {
    return Host.run(
            repository.folder(),
            Map.of(),
            content,
            List.of("git", "hash-object", "-t", type, "-w", "--literally", "--stdin"))
        .succeeded()
        .out()
        .strip();
  }

  private static String blob(String text) {
    return hashed("blob", text.getBytes(UTF_8));
  }

  private static String treeWith(String name, String blob, String mode) {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    tree.writeBytes((mode + " " + name + "\0").getBytes(UTF_8));
    tree.writeBytes(HexFormat.of().parseHex(blob));
    return hashed("tree", tree.toByteArray());
  }

  private static Ran push(String tree) {
    String person = "Developer <developer@example.test> 1700000000 +0000";
    String commit =
        hashed(
            "commit",
            ("tree " + tree + "\nauthor " + person + "\ncommitter " + person + "\n\nHostile\n")
                .getBytes(UTF_8));
    return repository.git("push", "dokku", commit + ":refs/heads/master").failed();
  }

  private static byte[] pack(String commit) throws IOException {
    Path file = server.folder().resolve("me/pack");
    Host.run(
            repository.folder(),
            Map.of(),
            (commit + "\n").getBytes(UTF_8),
            List.of(
                "sh", "-c", "git pack-objects -q --revs --stdout > \"$1\"", "sh", file.toString()))
        .succeeded();
    return Files.readAllBytes(file);
  }

  private static byte[] request(String commit, String ref, byte[] pack) {
    byte[] line = ("0".repeat(40) + " " + commit + " " + ref + "\0report-status").getBytes(UTF_8);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes("%04x".formatted(line.length + 4).getBytes(UTF_8));
    request.writeBytes(line);
    request.writeBytes("0000".getBytes(UTF_8));
    request.writeBytes(pack);
    return request.toByteArray();
  }
}
