package dev.muster.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The arrows between the folders, as sentences.
class ArchitectureTest {

    private static final JavaClasses MUSTER = new ClassFileImporter().importPaths(classFolders());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schemas",
                "engine",
                "records",
                "routing",
                "service",
                "ingest",
                "evaluator",
                "notifier",
                "portal",
                "local",
                "cli"
            })
    void looksAtEveryFolder(String part) {
        assertThat(MUSTER.stream().filter(type -> type.getPackageName().startsWith("dev.muster." + part)))
                .isNotEmpty();
    }

    @Test
    void theEngineDependsOnNothingOfOursAndOnNoFramework() {
        classes()
                .that()
                .resideInAPackage("dev.muster.engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "dev.muster.engine..",
                        "dev.cel..",
                        "com.google..",
                        "org.pcollections..",
                        "org.semver4j..",
                        "org.snakeyaml.engine..",
                        "tools.jackson..")
                .check(MUSTER);
    }

    @Test
    void theEngineReadsNoClockAndDoesNoInputOrOutputOverTheNetwork() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.engine..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.sql..")
                .check(MUSTER);
    }

    @Test
    void theSchemasKnowNobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.schemas..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.engine..", "dev.muster.records..", "dev.muster.service..", "org.springframework..")
                .check(MUSTER);
    }

    @Test
    void theMappingToTheEngineKnowsTheSchemasAndTheEngineOnly() {
        classes()
                .that()
                .resideInAPackage("dev.muster.records..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "dev.muster.records..",
                        "dev.muster.engine..",
                        "dev.muster.schemas..",
                        "org.apache.avro..",
                        "tools.jackson..")
                .check(MUSTER);
    }

    @Test
    void theRoutingKnowsTheReaderOfDefinitionsOnly() {
        classes()
                .that()
                .resideInAPackage("dev.muster.routing..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "dev.muster.routing..",
                        "dev.muster.engine.definition..",
                        "dev.cel..",
                        "com.google..")
                .check(MUSTER);
    }

    @Test
    void theRoutingReadsNoClock() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.routing..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .check(MUSTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "evaluator", "notifier", "portal"})
    void aServiceDependsOnNoOtherService(String service) {
        var others = Stream.of("ingest", "evaluator", "notifier", "portal", "local", "cli", "testkit")
                .filter(other -> !other.equals(service))
                .map(other -> "dev.muster." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.muster." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(MUSTER);
    }

    @Test
    void whatAllServicesDoTheSameKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.service..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.ingest..",
                        "dev.muster.evaluator..",
                        "dev.muster.notifier..",
                        "dev.muster.portal..",
                        "dev.muster.records..",
                        "dev.muster.engine..")
                .check(MUSTER);
    }

    @Test
    void thoseWhoTellPeopleAndShowThemNeverEvaluateButForWhatWasAndWouldHaveBeenAndWhomInitiativesMean() {
        String[] evaluate = {"dev.muster.portal.recorded..", "dev.muster.portal.backtest..", "dev.muster.portal.asof.."
        };
        noClasses()
                .that()
                .resideInAnyPackage("dev.muster.notifier..", "dev.muster.portal..")
                .and()
                .resideOutsideOfPackages(evaluate)
                .and()
                .resideOutsideOfPackages("dev.muster.portal.initiative..", "dev.muster.notifier.initiative..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.muster.engine..", "dev.muster.records..")
                        .or(resideInAnyPackage(evaluate))
                        .and(not(name("dev.muster.engine.definition.Nearest")))) // helps with names of any kind
                .check(MUSTER);
    }

    @Test
    void theLocalPlatformAndTheCommandsKnowServicesByTheirOutsideOnly() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.muster.local..", "dev.muster.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.schemas..",
                        "dev.muster.records..",
                        "dev.muster.service..",
                        "dev.muster.ingest..",
                        "dev.muster.evaluator..",
                        "dev.muster.notifier..",
                        "dev.muster.portal..")
                .check(MUSTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "service", "ingest", "evaluator", "notifier", "portal", "local", "cli"})
    void thePackagesOfAFolderHaveNoCircle(String part) {
        slices().matching("dev.muster." + part + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(MUSTER);
    }

    @Test
    void noTypeHasANameThatSaysNothing() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(MUSTER);
    }

    private static List<Path> classFolders() {
        var root = Path.of("").toAbsolutePath().getParent();
        try (var folders = Files.list(root)) {
            return folders.map(folder -> folder.resolve("target/classes/dev/muster"))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
