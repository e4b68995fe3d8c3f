package dev.slipway.core.certs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The hosts that a certificate is for: the subject's common name and all alternative names. Spec:
 * 02 sections 3.4 and 6.5.
 *
 * @param all sorted; an address is written {@code IP Address:192.0.2.1}
 */
public record CertificateNames(SortedSet<String> all) {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  public CertificateNames {
    all = new TreeSet<>(all);
  }

  /**
   * Reads the first certificate of a file in PEM form, which is the server's own.
   *
   * @return empty if it is none
   */
  public static Optional<CertificateNames> of(String pem) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
      return Optional.of(
          new CertificateNames(
              Stream.concat(commonNames(certificate), alternatives(certificate))
                  .collect(Collectors.toCollection(TreeSet::new))));
    } catch (CertificateException | InvalidNameException unreadable) {
      return Optional.empty();
    }
  }

  private static Stream<String> commonNames(X509Certificate certificate)
      throws InvalidNameException {
    return new LdapName(certificate.getSubjectX500Principal().getName())
        .getRdns().stream()
            .filter(part -> part.getType().equalsIgnoreCase("CN"))
            .map(part -> String.valueOf(part.getValue()));
  }

  private static Stream<String> alternatives(X509Certificate certificate)
      throws CertificateException {
    Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
    return entries == null
        ? Stream.empty()
        : entries.stream().flatMap(entry -> alternative(entry).stream());
  }

  private static Optional<String> alternative(List<?> entry) {
    String value = String.valueOf(entry.get(1));
    return switch ((Integer) entry.getFirst()) {
      case DNS -> Optional.of(value);
      case ADDRESS -> Optional.of("IP Address:" + value);
      default -> Optional.empty();
    };
  }

  /** Whether a browser takes the certificate for a host; {@code *} stands for one label. */
  public boolean cover(String host) {
    return all.stream().anyMatch(name -> pattern(name).matcher(host).matches());
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        Stream.of(name.toLowerCase(Locale.ROOT).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("[^.]*")),
        Pattern.CASE_INSENSITIVE);
  }
}
