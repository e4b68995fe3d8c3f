package dev.slipway.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The table of rooms: who may use what, over all modules. */
final class ArchitectureTest {
  private static final String DOCKER = "com.github.dockerjava..";
  private static final String SSHD = "org.apache.sshd..";
  private static final String JGIT = "org.eclipse.jgit..";
  private static final String PICOCLI = "picocli..";
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(ArchitectureTest::isNoTestJar)
          .importPackages("dev.slipway");

  private static boolean isNoTestJar(Location location) {
    return !location.contains("-tests.jar");
  }

  private static ArchRule room(String room, String... mustNotKnow) {
    return noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(mustNotKnow)
        .allowEmptyShould(true);
  }

  @Test
  void seesAllRooms() {
    for (String room : List.of("core", "builder", "proxy", "sshd", "cli", "plugins.host")) {
      assertThat(ALL.containPackage("dev.slipway." + room)).as(room).isTrue();
    }
  }

  @Test
  void theCoreKnowsNoOtherRoom() {
    room(
            "dev.slipway.core..",
            "dev.slipway.builder..",
            "dev.slipway.proxy..",
            "dev.slipway.sshd..",
            "dev.slipway.cli..",
            "dev.slipway.plugins..",
            JGIT,
            SSHD,
            PICOCLI)
        .check(ALL);
  }

  @Test
  void theBuilderKnowsNoDoorNoEngineLibraryAndNoProxy() {
    room(
            "dev.slipway.builder..",
            "dev.slipway.proxy..",
            "dev.slipway.sshd..",
            "dev.slipway.cli..",
            "dev.slipway.plugins..",
            SSHD,
            PICOCLI,
            DOCKER)
        .check(ALL);
  }

  @Test
  void theProxyKnowsOnlyTheCore() {
    room(
            "dev.slipway.proxy..",
            "dev.slipway.builder..",
            "dev.slipway.sshd..",
            "dev.slipway.cli..",
            "dev.slipway.plugins..",
            DOCKER,
            SSHD,
            PICOCLI,
            JGIT)
        .check(ALL);
  }

  @Test
  void theSshDoorKnowsOnlyTheCoreAndItsLibrary() {
    room(
            "dev.slipway.sshd..",
            "dev.slipway.builder..",
            "dev.slipway.proxy..",
            "dev.slipway.cli..",
            "dev.slipway.plugins..",
            DOCKER,
            PICOCLI,
            JGIT)
        .check(ALL);
  }

  @Test
  void thePluginHostKnowsOnlyTheCore() {
    room(
            "dev.slipway.plugins.host..",
            "dev.slipway.builder..",
            "dev.slipway.proxy..",
            "dev.slipway.sshd..",
            "dev.slipway.cli..",
            SSHD,
            DOCKER,
            PICOCLI,
            JGIT)
        .check(ALL);
  }

  @Test
  void librariesStayInTheirAdapters() {
    outside(DOCKER, "dev.slipway.core.engine.docker..").check(ALL);
    outside(SSHD, "dev.slipway.sshd..").check(ALL);
    outside(JGIT, "dev.slipway.builder..").check(ALL);
    outside(PICOCLI, "dev.slipway.cli..").check(ALL);
  }

  private static ArchRule outside(String library, String room) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  @Test
  void packagesOfTheOtherRoomsFormNoCycle() {
    SlicesRuleDefinition.slices()
        .matching("dev.slipway.cli.(*)..")
        .should()
        .beFreeOfCycles()
        .check(ALL);
    SlicesRuleDefinition.slices()
        .matching("dev.slipway.(*)..")
        .should()
        .beFreeOfCycles()
        .check(ALL);
  }

  @Test
  void nobodyPrintsPastTheCall() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(ALL);
  }

  /** Checks of apps have to wait, and tests have to wait for a condition. */
  @Test
  void noTestSleeps() throws IOException {
    String sleep = "Thread" + ".sleep(";
    assertThat(sources("src/test/java")).isNotEmpty().noneMatch(file -> text(file).contains(sleep));
  }

  @Test
  void everyPackageSaysWhatItHolds() throws IOException {
    assertThat(sources("src/main/java").stream().map(Path::getParent).distinct())
        .isNotEmpty()
        .allSatisfy(
            folder -> assertThat(text(folder.resolve("package-info.java"))).startsWith("/**"));
  }

  private static List<Path> sources(String tree) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..").toRealPath(), 14)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && file.toString().contains(tree))
          // what scenarios push is not ours to judge
          .filter(file -> !file.toString().contains("/src-it/apps/"))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A37: argument files are off in the one place that makes parsers. */
  @Test
  void onlyTheGateMakesParsersAndThoseReadNoArgumentFiles() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.slipway.cli.gate..")
        .should()
        .callConstructorWhere(target(owner(JavaClass.Predicates.assignableTo(CommandLine.class))))
        .check(ALL);
    assertThat(ALL.stream().filter(ArchitectureTest::makesParsers))
        .isNotEmpty()
        .allMatch(ArchitectureTest::switchesArgumentFilesOff);
  }

  private static boolean makesParsers(JavaClass type) {
    return type.getConstructorCallsFromSelf().stream()
        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(CommandLine.class));
  }

  private static boolean switchesArgumentFilesOff(JavaClass type) {
    return type.getMethodCallsFromSelf().stream()
        .anyMatch(call -> call.getTarget().getName().equals("setExpandAtFiles"));
  }

  @Test
  void everyPackageSaysThatNullIsMarked() {
    assertThat(ALL.stream().map(JavaClass::getPackage).distinct())
        .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
  }
}
