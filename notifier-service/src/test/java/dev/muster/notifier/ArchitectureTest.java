package dev.muster.notifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.muster.notifier");

    @Test
    void partsHaveNoCycles() {
        slices().matching("dev.muster.notifier.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void channelsDoNotKnowEachOther() {
        slices().matching("dev.muster.notifier.(email|slack|teams|pagerduty|opsgenie|webhook)..")
                .should()
                .notDependOnEachOther()
                .because("one channel can be deleted without reading the others")
                .check(CLASSES);
    }

    @Test
    void nobodyKnowsAChannelButTheConfiguration() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..pipeline..",
                        "..reminder..",
                        "..delivery..",
                        "..ledger..",
                        "..message..",
                        "..receipt..",
                        "..api..",
                        "..catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..email..", "..slack..", "..teams..", "..pagerduty..", "..opsgenie..", "..webhook..")
                .check(CLASSES);
    }

    @Test
    void nothingReadsTheClockByItself() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("a test moves the clock")
                .check(CLASSES);
    }
}
