package dev.slipway.core.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which variables steer the programs of the host themselves, so that an app's configuration or a
 * caller must not bring them.
 */
public final class HostVariables {
  private static final Set<String> NAMES =
      Set.of(
          "PATH",
          "IFS",
          "ENV",
          "BASH_ENV",
          "SHELLOPTS",
          "BASHOPTS",
          "PS4",
          "HOME",
          "SHELL",
          "USER",
          "LOGNAME",
          "CDPATH",
          "GCONV_PATH",
          "NODE_OPTIONS",
          "PERL5OPT",
          "PERL5LIB",
          "PYTHONPATH",
          "PYTHONSTARTUP",
          "RUBYOPT",
          "RUBYLIB",
          "JAVA_TOOL_OPTIONS",
          "EDITOR",
          "PAGER");
  private static final List<String> PREFIXES =
      List.of("LD_", "GIT_", "DOKKU_", "SLIPWAY_", "DOCKER_", "SSH_", "BASH_FUNC_", "XDG_");

  /** The revision that is recorded by default; git does not know it, and builds ask for it. */
  private static final String REVISION = "GIT_REV";

  private HostVariables() {}

  /** Whether a program of the host would act on it. */
  public static boolean steers(String name) {
    return !name.equals(REVISION)
        && (NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith));
  }

  /** The variables without those that load code into programs or steer git. */
  public static Map<String, String> forGit(Map<String, String> environment) {
    Map<String, String> clean = new HashMap<>(environment);
    clean
        .keySet()
        .removeIf(
            name ->
                name.startsWith("GIT_")
                    || name.startsWith("LD_")
                    || name.startsWith("BASH_FUNC_")
                    || name.startsWith("PERL5")
                    || Set.of("ENV", "BASH_ENV", "SSH_ORIGINAL_COMMAND", "EDITOR", "PAGER")
                        .contains(name));
    return clean;
  }
}
