package dev.muster.portal.recorded;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.Framework;
import dev.muster.portal.PortalSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The facts and rules that Muster knows now. Read when it is first needed: most portals never evaluate.
@Component
public class KnownFramework {

    private final PortalSettings settings;
    private volatile @Nullable Framework framework;

    KnownFramework(PortalSettings settings) {
        this.settings = settings;
    }

    /// What it knows, with the folder of the settings added.
    ///
    /// @throws IllegalStateException when that does not read
    public Framework get() {
        var known = framework;
        if (known == null) {
            var shipped = Framework.fromClassPath();
            var folder = settings.backtest().frameworkDir();
            try {
                known = folder == null ? shipped : shipped.and(folder);
            } catch (DefinitionException wrong) {
                throw new IllegalStateException("muster.portal.backtest.framework-dir: " + wrong.getMessage(), wrong);
            }
            framework = known;
        }
        return known;
    }
}
