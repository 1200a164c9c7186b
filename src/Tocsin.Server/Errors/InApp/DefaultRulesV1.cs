namespace Tocsin.Server.Errors.InApp;

/// <summary>
/// Our own rules for the usual platforms, in Sentry's rule language. They are part of grouping version 1: changing a line changes hashes
/// and splits issues, so a new set is a new class with a new grouping version.
/// </summary>
static class DefaultRulesV1
{
    public static string Text { get; } = string.Join('\n', [Native, Apple, Script, Managed, Jvm, Interpreted]);

    const string Native = """
        # Operating system libraries are nobody's own code.
        family:native package:/lib/** -app
        family:native package:/lib64/** -app
        family:native package:/usr/lib/** -app
        family:native package:/usr/lib64/** -app
        family:native package:/usr/local/lib/** -app
        family:native package:linux-gate.so* -app
        family:native package:linux-vdso.so* -app
        family:native package:/system/** -app
        family:native package:/apex/** -app
        family:native package:/vendor/lib* -app
        family:native package:/data/app/**/base.apk +app
        family:native package:?:/windows/** -app
        family:native package:**/windows/system32/** -app
        family:native package:**/windows/winsxs/** -app
        family:native package:**/ntdll.dll -app
        family:native package:**/kernelbase.dll -app
        family:native package:**/ucrtbase*.dll -app
        family:native package:**/vcruntime*.dll -app
        family:native package:**/msvcp*.dll -app
        family:native package:**/libc.so* -app
        family:native package:**/libc-*.so -app
        family:native package:**/libstdc++.so* -app
        family:native package:**/libgcc_s.so* -app
        family:native package:**/libpthread* -app

        # Language runtimes compiled into the program.
        family:native function:std::* -app
        family:native function:__gnu_cxx::* -app
        family:native function:__cxxabiv1::* -app
        family:native function:boost::* -app
        family:native function:core::* -app
        family:native function:alloc::* -app
        family:native function:<std::* -app
        family:native function:<core::* -app
        family:native function:<alloc::* -app
        family:native function:backtrace::* -app
        family:native function:rust_begin_unwind* -app
        family:native function:rust_panic* -app
        family:native path:/rustc/** -app
        family:native path:**/.cargo/registry/** -app
        family:native path:**/library/std/src/** -app
        family:native path:**/library/core/src/** -app

        # What runs after the fault says nothing about its cause.
        family:native function:abort v-group
        family:native function:abort -group -app
        family:native function:raise -group -app
        family:native function:gsignal -group -app
        family:native function:__GI_raise -group -app
        family:native function:__GI_abort -group -app
        family:native function:__pthread_kill* -group -app
        family:native function:pthread_kill -group -app
        family:native function:__assert_fail* -group -app
        family:native function:__cxa_throw v-group
        family:native function:__cxa_throw -group -app
        family:native function:__cxa_rethrow -group -app
        family:native function:std::terminate* -group
        family:native function:__terminate -group -app
        family:native function:_CxxThrowException v-group
        family:native function:_CxxThrowException -group -app
        family:native function:RaiseException v-group
        family:native function:RaiseException -group -app
        family:native function:KiUserExceptionDispatch* -group -app
        family:native function:RtlDispatchException -group -app
        family:native function:core::panicking::* -group
        family:native function:std::panicking::* v-group
        family:native function:std::panicking::* -group
        family:native function:rust_begin_unwind -group
        family:native function:sentry_* -group -app
        family:native function:sentry::* -group -app
        family:native function:crashpad::* -group -app
        family:native function:google_breakpad::* -group -app
        family:native function:backtrace::* -group

        # Where every thread begins.
        family:native function:_start category=threadbase -app
        family:native function:__libc_start_main* category=threadbase -app
        family:native function:__libc_start_call_main category=threadbase -app
        family:native function:start_thread category=threadbase -app
        family:native function:clone category=threadbase -app
        family:native function:__clone* category=threadbase -app
        family:native function:BaseThreadInitThunk category=threadbase -app
        family:native function:RtlUserThreadStart category=threadbase -app
        family:native function:__scrt_common_main* category=threadbase -app
        family:native function:__tmainCRTStartup category=threadbase -app
        family:native function:start category=threadbase
        family:native function:thread_start category=threadbase -app
        family:native function:_pthread_start category=threadbase -app
        family:native function:_pthread_body category=threadbase -app
        family:native function:pthread_create category=threadbase -app
        family:native category:threadbase -group
        family:native category:threadbase ^-group
        """;

    const string Apple = """
        family:native package:/System/Library/** -app
        family:native package:/Library/Apple/** -app
        family:native package:/private/var/containers/Bundle/Application/** +app
        family:native package:/var/containers/Bundle/Application/** +app
        family:native package:**/Containers/Bundle/Application/** +app
        family:native package:/Applications/**.app/Contents/MacOS/** +app
        family:native package:**/Developer/CoreSimulator/**/Application/** +app
        family:native package:**/RuntimeRoot/** -app
        family:native package:**/Library/Developer/**/iOS?DeviceSupport/** -app
        family:native package:**/Frameworks/libswift*.dylib -app
        family:native package:**/Frameworks/Sentry.framework/** -app -group
        family:native function:objc_exception_throw v-group
        family:native function:objc_exception_throw -group -app
        family:native function:__exceptionPreprocess -group -app
        family:native function:swift_* -app
        family:native function:__swift_* -app
        family:native function:-[Sentry* -app -group
        family:native function:+[Sentry* -app -group
        family:native function:UIApplicationMain category=threadbase -app
        family:native function:NSApplicationMain category=threadbase -app
        """;

    const string Script = """
        family:javascript path:**/node_modules/** -app
        family:javascript path:**/bower_components/** -app
        family:javascript path:**/jspm_packages/** -app
        family:javascript path:**/webpack/bootstrap* -app
        family:javascript path:**/webpack/runtime/** -app
        family:javascript path:node:** -app
        family:javascript path:internal/** -app
        family:javascript path:native -app
        family:javascript path:"[native code]" -app
        family:javascript path:"*native code*" -app
        family:javascript path:chrome-extension:** -app
        family:javascript path:moz-extension:** -app
        family:javascript path:safari-extension:** -app
        family:javascript path:safari-web-extension:** -app
        family:javascript path:**/zone.js/** -app
        family:javascript path:**/~/** -app
        family:javascript module:@sentry/** -app -group
        family:javascript path:**/@sentry/** -app -group
        family:javascript path:**/@sentry-internal/** -app -group
        family:javascript path:**/raven-js/** -app -group
        family:javascript path:**/node_modules/raven/** -app -group
        family:javascript path:**browser.sentry-cdn.com** -app -group
        family:javascript function:sentryWrapped -app -group
        """;

    const string Managed = """
        family:csharp module:System -app
        family:csharp module:System.* -app
        family:csharp module:Microsoft.* -app
        family:csharp module:MS.* -app
        family:csharp module:Windows.* -app
        family:csharp module:mscorlib* -app
        family:csharp module:Interop* -app
        family:csharp module:FSharp.* -app
        family:csharp module:Newtonsoft.* -app
        family:csharp module:Npgsql* -app
        family:csharp module:Serilog* -app
        family:csharp module:NLog* -app
        family:csharp module:log4net* -app
        family:csharp module:Castle.* -app
        family:csharp module:Dapper* -app
        family:csharp module:Polly* -app
        family:csharp module:UnityEngine* -app
        family:csharp module:Sentry -app -group
        family:csharp module:Sentry.* -app -group
        family:csharp module:System.Runtime.ExceptionServices.* -group
        family:csharp module:System.Runtime.CompilerServices.TaskAwaiter* -group
        family:csharp module:System.Runtime.CompilerServices.ConfiguredTaskAwaitable* -group
        family:csharp function:*ThrowForNonSuccess* -group
        family:csharp function:*HandleNonSuccessAndDebuggerNotification* -group
        """;

    const string Jvm = """
        family:java,groovy module:java.* -app
        family:java,groovy module:javax.* -app
        family:java,groovy module:jakarta.* -app
        family:java,groovy module:jdk.* -app
        family:java,groovy module:sun.* -app
        family:java,groovy module:com.sun.* -app
        family:java,groovy module:kotlin.* -app
        family:java,groovy module:kotlinx.* -app
        family:java,groovy module:scala.* -app
        family:java,groovy module:clojure.* -app
        family:java,groovy module:groovy.* -app
        family:java,groovy module:org.codehaus.groovy.* -app
        family:java,groovy module:android.* -app
        family:java,groovy module:androidx.* -app
        family:java,groovy module:dalvik.* -app
        family:java,groovy module:com.android.* -app
        family:java,groovy module:com.google.android.* -app
        family:java,groovy module:org.springframework.* -app
        family:java,groovy module:org.apache.* -app
        family:java,groovy module:org.hibernate.* -app
        family:java,groovy module:org.eclipse.jetty.* -app
        family:java,groovy module:org.jboss.* -app
        family:java,groovy module:io.netty.* -app
        family:java,groovy module:io.undertow.* -app
        family:java,groovy module:reactor.* -app
        family:java,groovy module:rx.* -app
        family:java,groovy module:io.reactivex.* -app
        family:java,groovy module:okhttp3.* -app
        family:java,groovy module:com.fasterxml.* -app
        family:java,groovy module:ch.qos.logback.* -app
        family:java,groovy module:org.slf4j.* -app
        family:java,groovy module:org.junit.* -app
        family:java,groovy module:io.sentry.* -app -group
        family:java,groovy module:com.getsentry.* -app -group
        family:java,groovy module:sun.reflect.* -group
        family:java,groovy module:jdk.internal.reflect.* -group
        family:java,groovy module:java.lang.reflect.* -group
        family:java,groovy module:com.android.internal.os.ZygoteInit* category=threadbase -group
        family:java,groovy function:access$* -group
        """;

    const string Interpreted = """
        family:python path:**/site-packages/** -app
        family:python path:**/dist-packages/** -app
        family:python path:**/lib/python?.*/** -app
        family:python path:**/python?.?/lib/** -app
        family:python path:"<frozen *" -app
        family:python path:**/sentry_sdk/** -app -group
        family:python module:sentry_sdk.* -app -group
        family:python module:raven.* -app -group

        family:ruby path:**/gems/** -app
        family:ruby path:**/lib/ruby/** -app
        family:ruby path:**/vendor/bundle/** -app
        family:ruby path:**/vendor/ruby/** -app
        family:ruby path:"<internal:*" -app
        family:ruby path:**/sentry-ruby*/** -app -group
        family:ruby path:**/sentry-raven*/** -app -group

        family:php path:**/vendor/** -app
        family:php path:"[internal]" -app
        family:php path:**/vendor/sentry/** -app -group
        family:php function:Sentry\* -app -group

        family:go path:/usr/local/go/** -app
        family:go path:**/go/src/runtime/** -app
        family:go path:**/libexec/src/** -app
        family:go path:**/pkg/mod/** -app
        family:go path:**/vendor/** -app
        family:go module:runtime -app
        family:go module:net/http -app
        family:go module:testing -app
        family:go module:github.com/getsentry/** -app -group
        family:go module:runtime function:gopanic -group
        family:go module:runtime function:goexit* -group

        family:elixir module:Elixir.Plug.* -app
        family:elixir module:Elixir.Phoenix.* -app
        family:elixir path:**/deps/** -app
        family:elixir path:**/lib/elixir/** -app
        family:elixir path:**gen_server.erl -app
        family:elixir path:**proc_lib.erl -app

        family:dart package:dart:** -app
        family:dart path:**/flutter/packages/** -app
        family:dart path:package:flutter/** -app
        family:dart path:org-dartlang-sdk:** -app
        family:dart path:**/.pub-cache/** -app
        family:dart path:package:sentry** -app -group

        family:perl path:/usr/share/perl** -app
        family:perl path:**/perl5/** -app
        """;
}
