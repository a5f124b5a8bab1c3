package dev.muster.local.parts;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// How to run a program that refuses to run as root.
///
/// An ordinary user runs it as is. Root runs it in a user namespace of its own, where it is nobody; where
/// the kernel forbids that, as in many containers, as the account `nobody`, who then owns the data.
///
/// @param prefix what comes before the command
/// @param nobody whether files must be handed to `nobody`
record UnprivilegedAccount(List<String> prefix, boolean nobody) {

    private static final UnprivilegedAccount OURSELVES = new UnprivilegedAccount(List.of(), false);
    private static final UnprivilegedAccount NAMESPACE = new UnprivilegedAccount(List.of("unshare", "-U"), false);
    private static final UnprivilegedAccount NOBODY =
            new UnprivilegedAccount(List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"), true);

    static UnprivilegedAccount find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return OURSELVES;
        }
        if (works(NAMESPACE)) {
            return NAMESPACE;
        }
        if (works(NOBODY)) {
            return NOBODY;
        }
        throw new StartFailure(
                "PostgreSQL refuses to run as root, and neither unshare nor setpriv can give root away here."
                        + " Run as an ordinary user");
    }

    /// Hands a file or folder, as it is now and without what it holds, to the account.
    void own(Path path) throws IOException {
        if (nobody) {
            var account = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            if (!account.equals(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS))) {
                Files.setOwner(path, account);
            }
        }
    }

    private static boolean works(UnprivilegedAccount account) {
        var command = new java.util.ArrayList<>(account.prefix());
        command.add("true");
        try {
            var process = new ProcessBuilder(command).start();
            return process.waitFor(5, SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
