package io.tokenwarden.sdk;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APIRequest.DefaultRequestExecutor;
import com.facebook.ads.sdk.APIRequest.IRequestExecutor;
import com.facebook.ads.sdk.APIRequest.ResponseWrapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The SDK's own executor, and every answer it got.
final class Overheard implements IRequestExecutor {

  private final IRequestExecutor own = new DefaultRequestExecutor();
  private final List<String> answers = new ArrayList<>();

  /// Headers and body of each.
  List<String> answers() {
    return List.copyOf(answers);
  }

  @Override
  public ResponseWrapper execute(
      String method, String url, Map<String, Object> parameters, APIContext context)
      throws APIException, IOException {
    return heard(() -> own.execute(method, url, parameters, context));
  }

  @Override
  public ResponseWrapper sendGet(String url, Map<String, Object> parameters, APIContext context)
      throws APIException, IOException {
    return heard(() -> own.sendGet(url, parameters, context));
  }

  @Override
  public ResponseWrapper sendPost(String url, Map<String, Object> parameters, APIContext context)
      throws APIException, IOException {
    return heard(() -> own.sendPost(url, parameters, context));
  }

  @Override
  public ResponseWrapper sendDelete(String url, Map<String, Object> parameters, APIContext context)
      throws APIException, IOException {
    return heard(() -> own.sendDelete(url, parameters, context));
  }

  private ResponseWrapper heard(Call call) throws APIException, IOException {
    try {
      var answer = call.answer();
      answers.add(answer.getHeader() + "\n" + answer.getBody());
      return answer;
    } catch (APIException e) {
      answers.add(e.getHeader() + "\n" + e.getRawResponse());
      throw e;
    }
  }

  private interface Call {
    ResponseWrapper answer() throws APIException, IOException;
  }
}
