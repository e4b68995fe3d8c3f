package dev.slipway.plugins.host;

import java.util.Map;
import java.util.Set;

/**
 * Variables that make the loader, a shell, an interpreter or docker load or run something of the
 * caller's choice, or send an app's source somewhere else, in programs that have nothing to do with
 * it. The reference is reached by other users through {@code sudo}, which takes the same kind away.
 */
final class StartupVariables {
  private static final Set<String> NAMES =
      Set.of(
          "BASH_ENV",
          "BASHOPTS",
          "CDPATH",
          "DOCKER_CONFIG",
          "DOCKER_CONTEXT",
          "DOCKER_HOST",
          "ENV",
          "FPATH",
          "GCONV_PATH",
          "GETCONF_DIR",
          "GLIBC_TUNABLES",
          "GLOBIGNORE",
          "HOSTALIASES",
          "IFS",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "LOCALDOMAIN",
          "LOCPATH",
          "MALLOC_TRACE",
          "NIS_PATH",
          "NLSPATH",
          "NODE_OPTIONS",
          "PERL5DB",
          "PERL5LIB",
          "PERL5OPT",
          "PERLIO_DEBUG",
          "PERLLIB",
          "PROMPT_COMMAND",
          "PS4",
          "PYTHONHOME",
          "PYTHONINSPECT",
          "PYTHONPATH",
          "PYTHONSTARTUP",
          "PYTHONUSERBASE",
          "RESOLV_HOST_CONF",
          "RES_OPTIONS",
          "RUBYLIB",
          "RUBYOPT",
          "SHELLOPTS",
          "TMPPREFIX",
          "ZDOTDIR",
          "_JAVA_OPTIONS");

  private StartupVariables() {}

  static void removeFrom(Map<String, String> environment) {
    environment
        .entrySet()
        .removeIf(each -> isOne(each.getKey()) || each.getValue().startsWith("()"));
  }

  static boolean isOne(String name) {
    return NAMES.contains(name) || name.startsWith("LD_") || name.startsWith("BASH_FUNC_");
  }
}
