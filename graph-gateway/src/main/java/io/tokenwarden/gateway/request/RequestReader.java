package io.tokenwarden.gateway.request;

import io.tokenwarden.gateway.request.Body.Empty;
import io.tokenwarden.gateway.request.Body.Form;
import io.tokenwarden.gateway.request.Body.Json;
import io.tokenwarden.gateway.request.Body.Parts;
import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.Reading.CrashReport;
import io.tokenwarden.gateway.request.Reading.Forbidden;
import io.tokenwarden.gateway.request.Reading.Inspection;
import io.tokenwarden.gateway.request.Reading.Malformed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads a request: canonical first, policy second.
///
/// *Canonical*: query and body, whatever its form, become one list of parameters. What could mean
/// one thing to us and another to Meta is refused rather than repaired: absolute targets, `..`,
/// `//`, encoded slashes, control parameters said twice or spelled so that only a lenient reader
/// takes them for one, a parameter in the query and in the body. *Policy*: nothing that mints,
/// inspects or ends credentials; what SDKs ask about their own is told apart, to be answered here.
public final class RequestReader {

  private static final int LONGEST_TARGET = 16 * 1024;
  private static final Pattern VERSION = Pattern.compile("v\\d{1,3}\\.\\d{1,3}");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,128}");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,20}");

  /// They steer the call rather than say what is wanted, so each may be said once.
  private static final Set<String> CONTROL =
      Set.of(
          "access_token",
          "input_token",
          "appsecret_proof",
          "appsecret_time",
          "method",
          "batch",
          "ids");

  /// Not forwarded: credentials are ours to give, and the verb is decided here.
  private static final Set<String> OURS =
      Set.of("access_token", "appsecret_proof", "appsecret_time", "method");

  /// Reads a request; refuses rather than repairs.
  ///
  /// @param method of HTTP
  /// @param target the request target exactly as it was sent
  public Reading read(String method, String target, Body body) {
    try {
      return judged(method, target, body, null, false);
    } catch (MalformedException e) {
      return new Malformed(e.getMessage());
    }
  }

  /// @param versionIfNone that the batch names, which its items need not name again; null for none
  private Reading judged(
      String method, String target, Body body, String versionIfNone, boolean inBatch) {
    if (!target.startsWith("/") || target.length() > LONGEST_TARGET || target.indexOf('#') >= 0) {
      throw new MalformedException("The request target must be a path of ordinary length");
    }
    int mark = target.indexOf('?');
    List<String> segments = segments(mark < 0 ? target : target.substring(0, mark));
    List<Parameter> said = said(mark < 0 ? "" : target.substring(mark + 1), body);
    mustSayControlOnce(said);

    boolean versioned = !segments.isEmpty() && VERSION.matcher(segments.getFirst()).matches();
    List<String> below = versioned ? segments.subList(1, segments.size()) : segments;
    String version = versioned ? segments.getFirst() : versionIfNone;
    Optional<PresentedHandle> presented = presented(said);
    if (inBatch) {
      mustBeOrdinaryItem(below, said);
    }
    if (isCrashReport(below)) {
      return new CrashReport(presented);
    }
    Optional<Verb> verb = verb(method, said);
    if (verb.isEmpty()) {
      return new Forbidden("Graph knows GET, POST and DELETE", presented);
    }
    if (verb.get() == Verb.GET && below.equals(List.of("debug_token"))) {
      return inspection(said, presented);
    }
    List<Parameter> forwarded =
        said.stream().filter(parameter -> !OURS.contains(parameter.name())).toList();
    if (Credentials.areTouchedBy(verb.get(), below, forwarded)) {
      return new Forbidden(Credentials.REFUSAL, presented);
    }
    List<SentFile> files = files(body);
    mustBeOrdinaryFiles(files, verb.get(), forwarded);
    if (!inBatch
        && files.isEmpty()
        && verb.get() == Verb.POST
        && below.isEmpty()
        && saysBatch(forwarded)) {
      return new BatchReader((itsMethod, itsTarget, itsBody) ->
          judged(itsMethod.toUpperCase(Locale.ROOT), itsTarget, itsBody, version, true))
          .read(version, forwarded, presented);
    }
    if (forwarded.stream().anyMatch(RequestReader::isNoParameterOfOneObject)) {
      return new Forbidden("Neither batches nor callbacks are calls of one object", presented);
    }
    if (verb.get() != Verb.GET) {
      mustSayEverythingOnce(forwarded);
    }
    return new Accepted(
        new GraphRequest(verb.get(), version, below, forwarded).with(files), presented);
  }

  private static boolean saysBatch(List<Parameter> said) {
    return said.stream().anyMatch(parameter -> parameter.name().equals("batch"));
  }

  /// What Graph would replace in the text of an item must not change what it is.
  private static void mustBeOrdinaryItem(List<String> path, List<Parameter> said) {
    if (said.stream().anyMatch(parameter -> parameter.name().equals("access_token"))) {
      throw new MalformedException("It has a credential of its own");
    }
    if (path.stream().anyMatch(segment -> segment.indexOf('{') >= 0)) {
      throw new MalformedException("Its path refers to another item");
    }
    for (Parameter parameter : said) {
      Reference.mustPass(parameter.value());
      if (Reference.isIn(parameter.name())) {
        throw new MalformedException("The name of a parameter refers to another item");
      }
    }
  }

  private static boolean isNoParameterOfOneObject(Parameter parameter) {
    return Set.of("batch", "callback").contains(parameter.plainName());
  }

  /// What is no handle is no credential here: it is dropped like one of Meta's.
  private static Optional<PresentedHandle> presented(List<Parameter> said) {
    return said.stream()
        .filter(parameter -> parameter.name().equals("access_token"))
        .findFirst()
        .flatMap(parameter -> PresentedHandle.parse(parameter.value()));
  }

  private static boolean isCrashReport(List<String> path) {
    return path.size() == 2
        && DIGITS.matcher(path.getFirst()).matches()
        && path.getLast().equals("instruments");
  }

  /// What is no handle is not ours to speak of.
  private static Reading inspection(List<Parameter> said, Optional<PresentedHandle> presented) {
    Optional<String> input =
        said.stream()
            .filter(parameter -> parameter.plainName().equals("input_token"))
            .map(Parameter::value)
            .findFirst();
    Optional<PresentedHandle> inspected = input.flatMap(PresentedHandle::parse);
    return input.isPresent() && inspected.isEmpty()
        ? new Forbidden(Credentials.REFUSAL, presented)
        : new Inspection(inspected, presented);
  }

  /// The parameter `method` decides, wherever it is said.
  private static Optional<Verb> verb(String method, List<Parameter> said) {
    Optional<Verb> ofHttp = Verb.of(method);
    Optional<String> override =
        said.stream()
            .filter(parameter -> parameter.name().equals("method"))
            .map(Parameter::value)
            .findFirst();
    return ofHttp.isPresent() && override.isPresent() ? Verb.override(override.get()) : ofHttp;
  }

  // ---- the path

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
    if (segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    return segments.stream().map(RequestReader::segment).toList();
  }

  private static String segment(String raw) {
    String segment = Percent.decoded(raw, false);
    boolean ordinary =
        !segment.isEmpty()
            && !segment.equals(".")
            && !segment.equals("..")
            && segment.chars().allMatch(c -> c > ' ' && c < 0x7f && "/\\%?#;".indexOf(c) < 0);
    if (!ordinary) {
      throw new MalformedException("The path holds an empty, relative or encoded segment");
    }
    return segment;
  }

  // ---- the parameters

  private static List<Parameter> said(String query, Body body) {
    List<Parameter> inQuery = FormReader.read(query);
    List<Parameter> inBody = parameters(body);
    Set<String> names = new HashSet<>();
    inQuery.forEach(parameter -> names.add(parameter.plainName()));
    if (inBody.stream().anyMatch(parameter -> names.contains(parameter.plainName()))) {
      throw new MalformedException("A parameter is said in the query and in the body");
    }
    return Stream.concat(inQuery.stream(), inBody.stream()).toList();
  }

  private static List<Parameter> parameters(Body body) {
    return switch (body) {
      case Empty() -> List.of();
      case Form(var text) -> FormReader.read(text);
      case Json(var text) -> JsonFields.read(text);
      case Parts(var fields, _) -> fields;
    };
  }

  private static List<SentFile> files(Body body) {
    return body instanceof Parts(_, var files) ? files : List.of();
  }

  /// A file stands for a parameter, which is none of those that steer the call.
  private static void mustBeOrdinaryFiles(
      List<SentFile> files, Verb verb, List<Parameter> parameters) {
    Set<String> names = new HashSet<>();
    parameters.forEach(parameter -> names.add(parameter.plainName()));
    for (SentFile file : files) {
      String name = new Parameter(file.name(), "").plainName();
      if (verb != Verb.POST || CONTROL.contains(name) || !names.add(name)) {
        throw new MalformedException("A file comes with a POST, and has a name of its own");
      }
    }
    if (!files.isEmpty()
        && !parameters.stream().map(Parameter::name).allMatch(NAME.asMatchPredicate())) {
      throw new MalformedException("Beside files, parameters have names of letters and digits");
    }
  }

  private static void mustSayControlOnce(List<Parameter> said) {
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : said) {
      String name = parameter.plainName();
      if (CONTROL.contains(name) && (!name.equals(parameter.name()) || !seen.add(name))) {
        throw new MalformedException("A control parameter is said twice or misspelled");
      }
    }
  }

  /// Lists aside, which say `name[]` as often as they are long.
  private static void mustSayEverythingOnce(List<Parameter> said) {
    Set<String> seen = new HashSet<>();
    if (!said.stream()
        .map(Parameter::name)
        .filter(name -> !name.endsWith("[]"))
        .allMatch(seen::add)) {
      throw new MalformedException("A write says each parameter once");
    }
  }
}
