package dev.slipway.core.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The inner order of the core. What the other modules may use is checked where all are seen. */
final class CoreArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slipway.core");

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.slipway.core.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void onlyTheEngineAdapterKnowsTheDockerLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.slipway.core.engine.docker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.github.dockerjava..")
        .check(CORE);
  }

  @Test
  void theCoreKnowsNoDoorAndNoGitLibrary() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jgit..", "org.apache.sshd..", "picocli..")
        .check(CORE);
  }

  @Test
  void theEngineKnowsNoPolicy() {
    classes()
        .that()
        .resideInAPackage("dev.slipway.core.engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.slipway.core.engine..",
            "dev.slipway.core.error..",
            "dev.slipway.core.model..",
            "dev.slipway.core.call..",
            "dev.slipway.core.output..",
            "dev.slipway.core.process..",
            "dev.slipway.core.text..",
            "dev.slipway.core.store..",
            "com.github.dockerjava..",
            "com.fasterxml.jackson..",
            "org.apache.commons.compress..",
            "org.slf4j..",
            "org.jspecify..",
            "java..",
            "jdk.net..",
            "javax.net..")
        .check(CORE);
  }

  @Test
  void valuesDependOnNothingButErrors() {
    classes()
        .that()
        .resideInAPackage("dev.slipway.core.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.slipway.core.model..", "dev.slipway.core.error..", "org.jspecify..", "java..")
        .check(CORE);
  }
}
